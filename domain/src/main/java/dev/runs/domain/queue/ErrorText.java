package dev.runs.domain.queue;

import java.nio.charset.StandardCharsets;

/** Keeps the errors of runs short. <em>Source: the run table's cap of 8 to 16 KB.</em> */
public final class ErrorText {

  /** The most bytes of an error as UTF-8, the mark included. */
  public static final int MOST_BYTES = 16 * 1024;

  /** What stands at the end of an error that was longer. */
  public static final String MARK = "\n… (cut off)";

  private static final int KEPT_BYTES = MOST_BYTES - MARK.getBytes(StandardCharsets.UTF_8).length;

  private static final int REPLACEMENT = 0xFFFD;

  private ErrorText() {}

  /**
   * The error itself, or as much of its beginning as may be kept, cut between characters. A NUL,
   * which PostgreSQL cannot keep, and half a surrogate pair become a replacement character.
   */
  public static String capped(String text) {
    var error = storable(text);
    if (error.length() * 3L <= MOST_BYTES || bytes(error) <= MOST_BYTES) {
      return error;
    }
    var kept = 0;
    var end = 0;
    while (end < error.length()) {
      var character = error.codePointAt(end);
      kept += bytesOf(character);
      if (kept > KEPT_BYTES) {
        break;
      }
      end += Character.charCount(character);
    }
    return error.substring(0, end) + MARK;
  }

  private static String storable(String text) {
    var kept = new StringBuilder(text.length());
    text.codePoints()
        .map(character -> isStorable(character) ? character : REPLACEMENT)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isStorable(int character) {
    return character != 0
        && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int bytesOf(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }
}
