package dev.runs.domain.run;

import java.util.random.RandomGenerator;

/**
 * What a run is called where it stands: a root in its organization, project and domain, any other
 * run under its root.
 *
 * @param value 1 to {@value #MOST_CHARACTERS} characters
 */
public record RunName(String value) {

  /** The most characters a name may have. */
  public static final int MOST_CHARACTERS = 30;

  /** What a root is called among the actions of its own tree. */
  public static final String ROOT_ACTION = "a0";

  private static final int GENERATED_CHARACTERS = 20;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String LETTERS_AND_DIGITS = LETTERS + "0123456789";

  public RunName {
    if (value.isBlank() || value.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("a run's name has 1 to 30 characters, not " + value);
    }
  }

  /** A letter and 19 letters or digits; two of them are the same once in 10³⁰ times. */
  public static RunName generated(RandomGenerator random) {
    var name = new StringBuilder(GENERATED_CHARACTERS);
    name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    while (name.length() < GENERATED_CHARACTERS) {
      name.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
    }
    return new RunName(name.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
