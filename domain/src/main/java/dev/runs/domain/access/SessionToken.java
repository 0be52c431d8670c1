package dev.runs.domain.access;

import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * What a browser shows to be known again. Only its hash is kept, and it is never printed.
 *
 * @param value 43 characters of base64url: 256 bits
 */
public record SessionToken(String value) {

  private static final int BYTES = 32;

  /**
   * @param random a cryptographically strong source
   */
  public static SessionToken generated(RandomGenerator random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** SHA-256 in lower-case hexadecimal digits. */
  public String hash() {
    return ApiKeyText.hash(value);
  }

  @Override
  public String toString() {
    return "***";
  }
}
