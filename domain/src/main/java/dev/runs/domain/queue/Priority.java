package dev.runs.domain.queue;

/**
 * Which of an organization's ready runs comes first: the one with the higher number.
 *
 * @param value {@value #LOWEST} to {@value #HIGHEST}
 */
public record Priority(int value) {

  public static final int LOWEST = -1_000;
  public static final int HIGHEST = 1_000;
  public static final Priority USUAL = new Priority(0);

  /**
   * @throws QueueRejected.BadPriority when it lies outside
   */
  public Priority {
    if (value < LOWEST || value > HIGHEST) {
      throw new QueueRejected.BadPriority();
    }
  }
}
