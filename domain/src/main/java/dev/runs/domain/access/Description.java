package dev.runs.domain.access;

/**
 * A text for people about something.
 *
 * @param value at most 1,000 characters; may be empty
 */
public record Description(String value) {

  /** The most characters a description may have. */
  public static final int MOST_CHARACTERS = 1_000;

  public static final Description NONE = new Description("");

  /**
   * @throws AccessRejected.BadDescription when it is longer
   */
  public Description {
    if (value.length() > MOST_CHARACTERS) {
      throw new AccessRejected.BadDescription(value.length());
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
