package dev.runs.domain.queue;

import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Work that somebody wants done.
 *
 * @param input what it is given
 * @param maxAttempts 1 to {@value JobLimits#MOST_ATTEMPTS}; nothing for what its kind says
 * @param scheduledAt before which it is not started; nothing for at once
 * @param timeout of one attempt; nothing for what its kind says
 * @param key by which its client knows it again
 * @param fingerprint tells this request from another one with the same key
 * @param retryOf the run that is done again
 */
public record JobRequest(
    Kind kind,
    Payload input,
    Optional<Integer> maxAttempts,
    Priority priority,
    Optional<Instant> scheduledAt,
    Optional<Duration> timeout,
    Optional<JobKey> key,
    String fingerprint,
    Optional<RunId> retryOf) {

  /**
   * @throws QueueRejected.BadLimit when attempts or timeout lie outside their bounds
   */
  public JobRequest {
    maxAttempts.ifPresent(JobLimits::checkAttempts);
    timeout.ifPresent(JobLimits::checkTimeout);
  }

  /** With what its kind says where it says nothing itself. */
  public JobRequest completedBy(KindPolicy policy) {
    return new JobRequest(
        kind,
        input,
        maxAttempts.or(() -> Optional.of(policy.maxAttempts())),
        priority,
        scheduledAt,
        timeout.or(policy::timeout),
        key,
        fingerprint,
        retryOf);
  }
}
