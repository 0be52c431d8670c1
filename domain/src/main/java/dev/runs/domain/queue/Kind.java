package dev.runs.domain.queue;

import dev.runs.domain.run.RunOrigin;

/**
 * What sort of work a queued run is; free text such as {@code script.pull} or {@code
 * sync.aux/colors}.
 *
 * @param value 1 to {@value RunOrigin#MOST_CHARACTERS} characters, none of them a control character
 */
public record Kind(String value) implements Comparable<Kind> {

  /** The service of queued runs; the kind is its task. */
  public static final String SERVICE = "queue";

  /**
   * @throws QueueRejected.BadKind when it has another form
   */
  public Kind {
    if (!fits(value)) {
      throw new QueueRejected.BadKind();
    }
  }

  /** Whether a text has the form of a kind. */
  public static boolean fits(String text) {
    return !text.isBlank()
        && text.length() <= RunOrigin.MOST_CHARACTERS
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  @Override
  public int compareTo(Kind other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
