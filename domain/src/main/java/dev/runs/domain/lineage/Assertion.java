package dev.runs.domain.lineage;

import dev.runs.domain.validation.Finding;
import java.util.Optional;

/**
 * Something that was looked at in a dataset, and whether it is so.
 *
 * @param name what should be so, such as {@code not_null}; 1 to {@value #MOST_CHARACTERS}
 *     characters
 * @param column in which column; nothing when it is about the whole dataset
 * @param severity what it means when it is not so
 * @param description for a person
 * @param failures in how many rows it is not so; not negative
 */
public record Assertion(
    String name,
    boolean success,
    Optional<String> column,
    Severity severity,
    Optional<String> description,
    Optional<Long> failures) {

  /** The most characters of a name and of a column. */
  public static final int MOST_CHARACTERS = 2_000;

  /** What it means when an assertion fails. */
  public enum Severity {
    ERROR,
    WARN;

    /** Whatever is no warning is an error, as it is when nothing was said. */
    public static Severity of(Optional<String> said) {
      return said.filter(word -> word.equalsIgnoreCase("warn") || word.equalsIgnoreCase("warning"))
          .map(_ -> WARN)
          .orElse(ERROR);
    }
  }

  /**
   * @throws LineageRejected when a text is too short or too long, or the number is negative
   */
  public Assertion {
    LineageText.check("assertion", name, MOST_CHARACTERS);
    column = column.filter(text -> !text.isEmpty());
    column.ifPresent(text -> LineageText.check("column", text, MOST_CHARACTERS));
    if (failures.isPresent() && failures.get() < 0) {
      throw new LineageRejected.Negative("failures");
    }
  }

  /** Whether it failed in this way. */
  boolean failedAs(Severity kind) {
    return !success && severity == kind;
  }

  /** What is found to be wrong when it fails. */
  Finding finding() {
    var sentence =
        description
            .filter(text -> !text.isEmpty())
            .orElseGet(() ->
                column
                    .map(where -> "%s does not hold for column %s.".formatted(name, where))
                    .orElse(name + " does not hold."));
    return new Finding(
        LineageText.shortened(name),
        LineageText.beginning(sentence, Finding.MOST_MESSAGE_CHARACTERS),
        column,
        failures);
  }
}
