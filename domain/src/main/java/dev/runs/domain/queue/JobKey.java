package dev.runs.domain.queue;

/**
 * Names a queued run for its client, so that asking twice makes it once: unique in an organization
 * for as long as the run exists.
 *
 * @param value 1 to {@value #MOST_CHARACTERS} visible ASCII characters or blanks
 */
public record JobKey(String value) {

  public static final int MOST_CHARACTERS = 255;

  /**
   * @throws QueueRejected.BadKey when it has another form
   */
  public JobKey {
    if (value.isBlank()
        || value.length() > MOST_CHARACTERS
        || value.chars().anyMatch(character -> character < ' ' || character > '~')) {
      throw new QueueRejected.BadKey();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
