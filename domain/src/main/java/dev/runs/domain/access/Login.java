package dev.runs.domain.access;

import java.util.Locale;
import java.util.Optional;

/**
 * What a person types to say who they are: an e-mail address or a name. Capitals do not count.
 *
 * @param value 1 to 254 visible characters in lower case, no blanks
 */
public record Login(String value) {

  /** The most characters a login may have, as in e-mail addresses. */
  public static final int MOST_CHARACTERS = 254;

  /** The login of the person that a first start makes. */
  public static final Login FIRST = new Login("admin");

  /**
   * @throws AccessRejected.BadLogin when it has another form
   */
  public Login {
    value = value.strip().toLowerCase(Locale.ROOT);
    if (value.isEmpty()
        || value.length() > MOST_CHARACTERS
        || value
            .codePoints()
            .anyMatch(c ->
                Character.isISOControl(c)
                    || Character.isWhitespace(c)
                    || Character.isSpaceChar(c))) {
      throw new AccessRejected.BadLogin();
    }
  }

  /** What somebody typed, unless it cannot be anybody's login. */
  public static Optional<Login> typed(String text) {
    try {
      return Optional.of(new Login(text));
    } catch (AccessRejected.BadLogin _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
