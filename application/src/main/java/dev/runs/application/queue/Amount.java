package dev.runs.application.queue;

/**
 * A number of runs that was counted no further than to a limit.
 *
 * @param isExact whether there are no more
 */
public record Amount(int count, boolean isExact) {

  public static final Amount NONE = new Amount(0, true);

  /**
   * @param counted how many there are, counted up to one more than the limit
   */
  public static Amount upTo(int limit, int counted) {
    return new Amount(Math.min(limit, counted), counted <= limit);
  }

  public Amount plus(Amount other) {
    return new Amount(count + other.count, isExact && other.isExact);
  }
}
