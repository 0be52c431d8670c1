package dev.runs.domain.access;

import java.util.Optional;

/**
 * What people call a project, a team, a key or a person.
 *
 * @param value 1 to 100 characters, no control characters, no blank at either end
 */
public record DisplayName(String value) {

  /** The most characters a name may have. */
  public static final int MOST_CHARACTERS = 100;

  /**
   * @throws AccessRejected.BadName when it has another form
   */
  public DisplayName {
    if (value.isEmpty()
        || value.length() > MOST_CHARACTERS
        || !value.equals(value.strip())
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new AccessRejected.BadName();
    }
  }

  /** The beginning of a text that may be longer; nothing when that can be no name. */
  public static Optional<DisplayName> shortened(String text) {
    var stripped = text.strip();
    if (stripped.length() <= MOST_CHARACTERS) {
      return made(stripped);
    }
    var end = MOST_CHARACTERS;
    // half a character is none
    var splits = Character.isSurrogatePair(stripped.charAt(end - 1), stripped.charAt(end));
    return made(stripped.substring(0, splits ? end - 1 : end).strip());
  }

  /** For who is given no name: the beginning of their login. */
  public static DisplayName of(Login login) {
    return shortened(login.value()).orElseThrow();
  }

  private static Optional<DisplayName> made(String text) {
    try {
      return Optional.of(new DisplayName(text));
    } catch (AccessRejected.BadName _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
