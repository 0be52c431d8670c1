package dev.runs.domain.action;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something that is kept and given back as it came, and never looked into.
 *
 * @param json a JSON text of at most {@value #MOST_BYTES} bytes as UTF-8
 */
public record Document(String json) {

  /** The most bytes of a document: 1 MiB. */
  public static final int MOST_BYTES = 1024 * 1024;

  /**
   * @throws ActionRejected.DocumentTooLarge when it is larger
   */
  public Document {
    if (json.length() > MOST_BYTES / 3) {
      var bytes = json.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        throw new ActionRejected.DocumentTooLarge(bytes);
      }
    }
  }

  /** Its SHA-256 in 64 hexadecimal digits; equal texts have equal ones. */
  public String digest() {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Never shows what it holds. */
  @Override
  public String toString() {
    return "a document of " + json.length() + " characters";
  }
}
