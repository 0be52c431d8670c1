package dev.runs.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key as its owner has it: {@code runs_<env>_<secret>_<checksum>}, the secret in 24 letters
 * and digits, the checksum the CRC-32 of everything before it in six. Only its hash is kept.
 */
public final class ApiKeyText {

  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SECRET_CHARACTERS = 24;
  private static final int CHECKSUM_CHARACTERS = 6;

  /** Where a secret is long enough that four of its characters give nothing away. */
  private static final Pattern HINTED =
      Pattern.compile("(runs_[a-z]{1,16}_[0-9A-Za-z]{4})[0-9A-Za-z]{18,}_[0-9A-Za-z]{6}");

  private ApiKeyText() {}

  /**
   * @param environment a short word that tells keys of different installations apart
   * @param random a cryptographically strong source
   */
  public static String generated(String environment, RandomGenerator random) {
    var key = new StringBuilder("runs_").append(environment).append('_');
    for (var i = 0; i < SECRET_CHARACTERS; i++) {
      key.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    return key.append('_').append(checksum(key.substring(0, key.length() - 1))).toString();
  }

  /** Whether a text has the form and the checksum of a key; it may still be nobody's. */
  public static boolean isWellFormed(String text) {
    var end = text.length() - CHECKSUM_CHARACTERS - 1;
    return text.startsWith("runs_")
        && end > 0
        && text.charAt(end) == '_'
        && text.substring(end + 1).equals(checksum(text.substring(0, end)));
  }

  /**
   * What people may see of a key: where it comes from and four characters of its secret, as in
   * {@code runs_live_Ab12}; nothing when the text is not well formed.
   */
  public static Optional<String> hint(String text) {
    var secret = HINTED.matcher(text);
    return isWellFormed(text) && secret.matches() ? Optional.of(secret.group(1)) : Optional.empty();
  }

  /** SHA-256 in lower-case hexadecimal digits, which is what is kept of a key. */
  public static String hash(String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    var digits = new char[CHECKSUM_CHARACTERS];
    var rest = crc.getValue();
    for (var i = CHECKSUM_CHARACTERS - 1; i >= 0; i--) {
      digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
      rest /= BASE62.length();
    }
    return new String(digits);
  }
}
