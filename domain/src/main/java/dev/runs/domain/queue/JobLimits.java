package dev.runs.domain.queue;

import java.time.Duration;

/** Between which bounds a run can ask to be executed. */
public final class JobLimits {

  public static final int USUAL_ATTEMPTS = 3;
  public static final int MOST_ATTEMPTS = 100;
  public static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
  public static final Duration LONGEST_TIMEOUT = Duration.ofDays(30);
  public static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
  public static final Duration USUAL_LEASE = Duration.ofSeconds(30);
  public static final Duration LONGEST_LEASE = Duration.ofHours(1);

  /** The farthest that the start of a run can be put off. */
  public static final Duration FARTHEST_SCHEDULE = Duration.ofDays(366);

  private JobLimits() {}

  /**
   * @param attempts 1 to {@value #MOST_ATTEMPTS}
   * @throws QueueRejected.BadLimit when it lies outside
   */
  public static void checkAttempts(int attempts) {
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new QueueRejected.BadLimit("maxAttempts", 1, MOST_ATTEMPTS);
    }
  }

  /**
   * @param timeout {@link #SHORTEST_TIMEOUT} to {@link #LONGEST_TIMEOUT}
   * @throws QueueRejected.BadLimit when it lies outside
   */
  public static void checkTimeout(Duration timeout) {
    check("timeout", timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
  }

  /**
   * @param lease {@link #SHORTEST_LEASE} to {@link #LONGEST_LEASE}
   * @throws QueueRejected.BadLimit when it lies outside
   */
  public static void checkLease(Duration lease) {
    check("leaseSeconds", lease, SHORTEST_LEASE, LONGEST_LEASE);
  }

  private static void check(String field, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new QueueRejected.BadLimit(field, least.toSeconds(), most.toSeconds());
    }
  }
}
