package dev.runs.domain.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a run waits before it is tried again: a random time between nothing and a bound that
 * grows with each attempt, so that runs which failed together do not come back together.
 *
 * @param base the bound after the first attempt; 0 s to {@link #LONGEST}
 * @param factor how much the bound grows with each further attempt; 1 to {@value #LARGEST_FACTOR}
 * @param cap the largest bound; from {@code base} to {@link #LONGEST}
 */
public record Backoff(Duration base, int factor, Duration cap) {

  public static final Duration LONGEST = Duration.ofDays(1);
  public static final int LARGEST_FACTOR = 10;

  public static final Backoff USUAL = new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(5));

  /**
   * @throws QueueRejected.BadBackoff when a value lies outside
   */
  public Backoff {
    if (base.isNegative()
        || factor < 1
        || factor > LARGEST_FACTOR
        || cap.compareTo(base) < 0
        || cap.compareTo(LONGEST) > 0) {
      throw new QueueRejected.BadBackoff();
    }
  }

  /**
   * The longest wait after so many attempts.
   *
   * @param spent attempts that counted, at least 1
   */
  public Duration bound(int spent) {
    var bound = base;
    for (var attempt = 1; attempt < spent && bound.compareTo(cap) < 0; attempt++) {
      bound = bound.multipliedBy(factor);
      if (bound.equals(base)) {
        break;
      }
    }
    return bound.compareTo(cap) < 0 ? bound : cap;
  }

  /**
   * A wait after so many attempts: 0 to {@link #bound}, to the millisecond.
   *
   * @param spent attempts that counted, at least 1
   */
  public Duration delay(int spent, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(bound(spent).toMillis() + 1));
  }
}
