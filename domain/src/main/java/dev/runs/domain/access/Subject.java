package dev.runs.domain.access;

/**
 * What an identity provider calls a person, for ever.
 *
 * @param issuer the provider
 * @param name unique at the provider; 1 to 255 characters, taken as they are
 */
public record Subject(String issuer, String name) {

  /** The most characters a provider may give a name (OpenID Connect Core, section 2). */
  public static final int MOST_CHARACTERS = 255;

  public Subject {
    if (name.isEmpty() || name.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "a subject has 1 to %d characters, not %d".formatted(MOST_CHARACTERS, name.length()));
    }
  }
}
