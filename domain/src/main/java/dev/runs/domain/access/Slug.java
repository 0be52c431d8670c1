package dev.runs.domain.access;

import java.util.regex.Pattern;

/**
 * The short name of a project, as it stands in addresses and configurations.
 *
 * @param value 1 to 63 lower-case letters, digits, {@code -}, {@code _} and {@code .}; begins and
 *     ends with a letter or digit
 */
public record Slug(String value) {

  // before DEFAULT, which is checked against it
  private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?");

  /** The project of runs that name none. Every organization has it from its beginning. */
  public static final Slug DEFAULT = new Slug("default");

  /** The most characters a slug may have, as in Flyte's project ids. */
  public static final int MOST_CHARACTERS = 63;

  /**
   * @throws AccessRejected.BadSlug when it has another form
   */
  public Slug {
    if (!FORM.matcher(value).matches()) {
      throw new AccessRejected.BadSlug();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
