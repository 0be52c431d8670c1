package dev.runs.domain.queue;

/**
 * What a worker calls itself.
 *
 * @param value 1 to {@value #MOST_CHARACTERS} characters, none of them a control character
 */
public record WorkerId(String value) {

  public static final int MOST_CHARACTERS = 200;

  /**
   * @throws QueueRejected.BadWorkerId when it has another form
   */
  public WorkerId {
    if (value.isBlank()
        || value.length() > MOST_CHARACTERS
        || value.codePoints().anyMatch(Character::isISOControl)) {
      throw new QueueRejected.BadWorkerId();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
