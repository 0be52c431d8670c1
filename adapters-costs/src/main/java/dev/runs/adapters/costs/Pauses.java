package dev.runs.adapters.costs;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How long to rest between tries: as planned, or as long as the service asks for if that is more,
 * and up to a quarter longer by chance, so that callers refused together do not come back together.
 *
 * @param planned the rest after the first try, after the second, …
 * @param longestAsked the longest rest that a service is granted
 * @param random used by many threads at once
 */
record Pauses(List<Duration> planned, Duration longestAsked, RandomGenerator random) {

  /** The longest a pause can grow by, as a part of it: one in four. */
  private static final int JITTER_PART = 4;

  /** Whether it may help to ask again after this. */
  boolean allowAnotherTryAfter(NoPrice none) {
    return none.mayPass() && none.retryAfter().compareTo(longestAsked) <= 0;
  }

  /**
   * @param tries how many there have been, from 1 to the number of planned pauses
   * @param none how the last of them ended
   */
  long millisAfter(int tries, NoPrice none) {
    var wanted = planned.get(tries - 1);
    var asked = none.retryAfter();
    var pause = (asked.compareTo(wanted) > 0 ? asked : wanted).toMillis();
    return pause + random.nextLong(pause / JITTER_PART + 1);
  }
}
