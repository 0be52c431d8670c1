package dev.runs.domain.lineage;

import dev.runs.domain.pipeline.PipelineFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Texts of lineage, which may be longer than what is kept of them. */
final class LineageText {

  private static final int DIGEST_CHARACTERS = 64;
  private static final String MARK = "~";
  private static final int KEPT = PipelineFacts.MOST_CHARACTERS - DIGEST_CHARACTERS - MARK.length();

  private LineageText() {}

  /**
   * The text itself, or, when it is longer than {@value PipelineFacts#MOST_CHARACTERS} characters,
   * its beginning and a digest of it all: two long texts that begin alike stay two.
   */
  static String shortened(String text) {
    return text.length() <= PipelineFacts.MOST_CHARACTERS
        ? text
        : beginning(text, KEPT) + MARK + digest(text);
  }

  /** As much of the beginning as may be kept, cut between characters. */
  static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** SHA-256 in {@value #DIGEST_CHARACTERS} hexadecimal digits. */
  static String digest(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * @throws LineageRejected.BadText when the text has less than 1 or more than {@code most}
   *     characters
   */
  static void check(String field, String text, int most) {
    if (text.isEmpty() || text.length() > most) {
      throw new LineageRejected.BadText(field, 1, most, text.length());
    }
  }
}
