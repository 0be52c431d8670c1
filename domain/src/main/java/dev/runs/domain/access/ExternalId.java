package dev.runs.domain.access;

/**
 * The name that a client's own system has for an organization or a user, such as a Clerk id.
 *
 * @param value 1 to 255 characters but NUL, which no database keeps, taken as they are
 */
public record ExternalId(String value) {

  /** The most characters an external id may have. */
  public static final int MOST_CHARACTERS = 255;

  public ExternalId {
    if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
      throw new AccessRejected.BadExternalId(value.length());
    }
    if (value.indexOf('\0') >= 0) {
      throw new AccessRejected.BadExternalId();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
