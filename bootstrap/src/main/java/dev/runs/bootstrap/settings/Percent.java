package dev.runs.bootstrap.settings;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as in the URLs of libpq: a plus sign is a plus sign. */
final class Percent {

  private Percent() {}

  static String decode(String text) throws BadValue {
    var bytes = new ByteArrayOutputStream();
    for (var i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        bytes.write(encodedByte(text, i));
        i += 3;
      } else {
        var character = Character.toString(text.codePointAt(i));
        bytes.writeBytes(character.getBytes(StandardCharsets.UTF_8));
        i += character.length();
      }
    }
    return utf8(bytes.toByteArray());
  }

  private static int encodedByte(String text, int at) throws BadValue {
    var digits = text.substring(at + 1, Math.min(at + 3, text.length()));
    if (!digits.matches("[0-9a-fA-F]{2}") || digits.equals("00")) {
      throw new BadValue(
          "has a % that is not followed by two hexadecimal digits; write % itself as %25");
    }
    return Integer.parseInt(digits, 16);
  }

  private static String utf8(byte[] bytes) throws BadValue {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new BadValue("has percent-encoded bytes that are not UTF-8");
    }
  }
}
