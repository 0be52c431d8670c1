package dev.runs.adapters.rest.rate;

import java.time.Duration;

/**
 * So many in a time. All of them may come at once; what was used comes back evenly over the period.
 *
 * @param count from 1 to {@link #MOST}
 * @param period from 1 second to 1 hour
 */
public record Rate(int count, Duration period) {

  /** Times the longest period in nanoseconds it still fits into a long. */
  public static final int MOST = 1_000_000;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException when one is out of range
   */
  public Rate {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("a rate has 1 to " + MOST + ", not " + count);
    }
    if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("the period of a rate is 1 s to 1 h, not " + period);
    }
  }
}
