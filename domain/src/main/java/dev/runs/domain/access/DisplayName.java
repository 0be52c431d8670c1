package dev.runs.domain.access;

/**
 * What people call a project, a team or a key.
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

  @Override
  public String toString() {
    return value;
  }
}
