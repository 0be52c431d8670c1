package dev.runs.domain.access;

import java.text.Normalizer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A password as a person types it. It is never kept and never printed.
 *
 * @param value 12 to 128 characters; the same text typed on another keyboard is the same password
 *     (Unicode form NFKC, as NIST SP 800-63B advises)
 */
public record Password(String value) {

  /** The fewest characters a password may have. */
  public static final int FEWEST_CHARACTERS = 12;

  /** The most characters a password may have. */
  public static final int MOST_CHARACTERS = 128;

  private static final int LONGEST_TYPED = 8 * MOST_CHARACTERS;

  /** Letters and digits that nobody mistakes for each other. */
  private static final String CLEAR = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int GROUPS = 4;
  private static final int GROUP_CHARACTERS = 5;

  /**
   * @throws AccessRejected.BadPassword when it is too short or too long
   */
  public Password {
    value = Normalizer.normalize(value, Normalizer.Form.NFKC);
    var characters = value.codePointCount(0, value.length());
    if (characters < FEWEST_CHARACTERS || characters > MOST_CHARACTERS) {
      throw new AccessRejected.BadPassword(characters);
    }
  }

  /** What somebody typed, unless it cannot be anybody's password. */
  public static Optional<Password> typed(String text) {
    // nobody shall make the service normalize a book
    if (text.length() > LONGEST_TYPED) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Password(text));
    } catch (AccessRejected.BadPassword _) {
      return Optional.empty();
    }
  }

  /**
   * A password that nobody can guess and everybody can copy.
   *
   * @param random a cryptographically strong source
   */
  public static Password generated(RandomGenerator random) {
    var text = new StringBuilder();
    for (var i = 0; i < GROUPS * GROUP_CHARACTERS; i++) {
      if (i > 0 && i % GROUP_CHARACTERS == 0) {
        text.append('-');
      }
      text.append(CLEAR.charAt(random.nextInt(CLEAR.length())));
    }
    return new Password(text.toString());
  }

  @Override
  public String toString() {
    return "***";
  }
}
