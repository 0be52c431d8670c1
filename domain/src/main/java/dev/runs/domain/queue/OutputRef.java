package dev.runs.domain.queue;

/**
 * Where the output of a run lies; free text such as an address of an object store.
 *
 * @param value 1 to {@value #MOST_CHARACTERS} characters, none of them a control character
 */
public record OutputRef(String value) {

  public static final int MOST_CHARACTERS = 2_048;

  /**
   * @throws QueueRejected.BadOutputRef when it has another form
   */
  public OutputRef {
    if (value.isBlank()
        || value.length() > MOST_CHARACTERS
        || value.codePoints().anyMatch(Character::isISOControl)) {
      throw new QueueRejected.BadOutputRef();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
