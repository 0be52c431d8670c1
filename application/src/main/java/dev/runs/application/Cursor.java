package dev.runs.application;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Places in lists, written so that nobody is tempted to make one up. */
public final class Cursor {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Cursor() {}

  public static String of(byte[] place) {
    return ENCODER.encodeToString(place);
  }

  public static String of(String place) {
    return of(place.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws RequestRejected.BadCursor when the text is none
   */
  public static byte[] bytes(String cursor) {
    try {
      return DECODER.decode(cursor);
    } catch (IllegalArgumentException e) {
      throw new RequestRejected.BadCursor();
    }
  }

  /**
   * @throws RequestRejected.BadCursor when the text is none of an id
   */
  public static UUID uuid(String cursor) {
    try {
      return UUID.fromString(text(cursor));
    } catch (IllegalArgumentException e) {
      throw new RequestRejected.BadCursor();
    }
  }

  /**
   * @throws RequestRejected.BadCursor when the text is none, or has a NUL, which no database takes
   */
  public static String text(String cursor) {
    var text = new String(bytes(cursor), StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw new RequestRejected.BadCursor();
    }
    return text;
  }
}
