package dev.runs.domain.queue;

import dev.runs.domain.access.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an organization wants runs of a kind to be treated. What a run asks for itself comes first.
 *
 * @param maxAttempts of runs that do not say it
 * @param timeout of runs that do not say it; nothing for no limit
 * @param mostRunning how many may be executed at the same time; nothing for no limit
 * @param startsPerMinute how many may be started in a minute, evenly; nothing for no limit
 * @param isPaused whether none is started
 */
public record KindPolicy(
    OrganizationId organization,
    Kind kind,
    int maxAttempts,
    Backoff backoff,
    Optional<Duration> timeout,
    Optional<Integer> mostRunning,
    Optional<Integer> startsPerMinute,
    boolean isPaused,
    Instant updatedAt) {

  /** The most of {@code mostRunning} and of {@code startsPerMinute}. */
  public static final int LARGEST_LIMIT = 1_000_000;

  /**
   * @throws QueueRejected.BadPolicy when a value lies outside
   */
  public KindPolicy {
    JobLimits.checkAttempts(maxAttempts);
    timeout.ifPresent(JobLimits::checkTimeout);
    check("concurrency", mostRunning);
    check("startsPerMinute", startsPerMinute);
  }

  /** What holds for a kind about which nobody said anything. */
  public static KindPolicy usual(OrganizationId organization, Kind kind, Instant now) {
    return new KindPolicy(
        organization,
        kind,
        JobLimits.USUAL_ATTEMPTS,
        Backoff.USUAL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        now);
  }

  /** The same, with runs started or not from now on. */
  public KindPolicy paused(boolean isPausedNow, Instant now) {
    return new KindPolicy(
        organization,
        kind,
        maxAttempts,
        backoff,
        timeout,
        mostRunning,
        startsPerMinute,
        isPausedNow,
        now);
  }

  /** Whether it has to be asked before each start. */
  public boolean limitsStarts() {
    return isPaused || mostRunning.isPresent() || startsPerMinute.isPresent();
  }

  private static void check(String field, Optional<Integer> limit) {
    if (limit.isPresent() && (limit.get() < 1 || limit.get() > LARGEST_LIMIT)) {
      throw new QueueRejected.BadLimit(field, 1, LARGEST_LIMIT);
    }
  }
}
