package dev.runs.domain.validation;

import java.util.Optional;

/**
 * Something that a validation found to be wrong, or worth a warning.
 *
 * @param code 1 to {@value #MOST_CODE_CHARACTERS} characters, such as {@code NULL_VALUE}
 * @param message up to {@value #MOST_MESSAGE_CHARACTERS} characters
 * @param path where in a row, up to {@value #MOST_MESSAGE_CHARACTERS} characters
 * @param rowCount in how many rows; not negative
 */
public record Finding(String code, String message, Optional<String> path, Optional<Long> rowCount) {

  public static final int MOST_CODE_CHARACTERS = 255;
  public static final int MOST_MESSAGE_CHARACTERS = 4_000;

  /** The most errors, and the most warnings, of one validation. */
  public static final int MOST_AT_ONCE = 100;

  /**
   * @throws ValidationRejected.BadFinding when a part of it is not as it may be
   */
  public Finding {
    if (code.isEmpty() || code.length() > MOST_CODE_CHARACTERS) {
      throw new ValidationRejected.BadFinding("code", 1, MOST_CODE_CHARACTERS);
    }
    if (message.length() > MOST_MESSAGE_CHARACTERS) {
      throw new ValidationRejected.BadFinding("message", 0, MOST_MESSAGE_CHARACTERS);
    }
    if (path.isPresent() && path.get().length() > MOST_MESSAGE_CHARACTERS) {
      throw new ValidationRejected.BadFinding("path", 0, MOST_MESSAGE_CHARACTERS);
    }
    if (rowCount.isPresent() && rowCount.get() < 0) {
      throw new ValidationRejected.NegativeCount("row_count");
    }
  }
}
