package dev.runs.domain.queue;

import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the queue knows of a run beyond the run itself.
 *
 * @param maxAttempts how many attempts may count before the run fails
 * @param spentAttempts how many have counted; a released attempt does not
 * @param scheduledAt before which it is not started; nothing for at once
 * @param timeout how long one attempt may take; nothing for no limit
 * @param key by which its client knows it again
 * @param fingerprint tells the request that made it from another one with the same key
 * @param claim who executes it or executed it last; nothing while it waits
 * @param cancelRequestedAt when somebody asked its worker to stop
 * @param error of the newest attempt that failed, capped
 * @param reportedBy whose report ended the newest attempt; nothing while it lasts, or when it was
 *     taken away
 * @param retryOf the run that was to be done again by this one
 */
public record Job(
    RunId run,
    Kind kind,
    int maxAttempts,
    int spentAttempts,
    Priority priority,
    Optional<Instant> scheduledAt,
    Optional<Duration> timeout,
    Optional<JobKey> key,
    String fingerprint,
    Optional<Claim> claim,
    Optional<Instant> cancelRequestedAt,
    Optional<OutputRef> outputRef,
    Optional<String> error,
    Optional<LeaseToken> reportedBy,
    Optional<RunId> retryOf) {

  private static final Optional<LeaseToken> NOBODY = Optional.empty();

  /** Who took a run, and when. */
  public record Claim(WorkerId worker, Instant at) {}

  /** One that nobody has claimed yet. */
  public static Job waiting(RunId run, JobRequest request) {
    return new Job(
        run,
        request.kind(),
        request.maxAttempts().orElse(JobLimits.USUAL_ATTEMPTS),
        0,
        request.priority(),
        request.scheduledAt(),
        request.timeout(),
        request.key(),
        request.fingerprint(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        request.retryOf());
  }

  Job claimedBy(WorkerId worker, Instant at) {
    return with(spentAttempts, Optional.of(new Claim(worker, at)), outputRef, error, NOBODY);
  }

  Job released(Optional<LeaseToken> by) {
    return with(spentAttempts, Optional.empty(), outputRef, error, by);
  }

  Job failedAndWaiting(String why, Optional<LeaseToken> by) {
    return with(spentAttempts + 1, Optional.empty(), outputRef, Optional.of(why), by);
  }

  Job failed(String why, Optional<LeaseToken> by) {
    return with(spentAttempts + 1, claim, outputRef, Optional.of(why), by);
  }

  Job stopped(Optional<String> why, Optional<LeaseToken> by) {
    return with(spentAttempts, claim, outputRef, why.or(() -> error), by);
  }

  Job succeeded(Optional<OutputRef> output, Optional<LeaseToken> by) {
    return with(spentAttempts + 1, claim, output, Optional.empty(), by);
  }

  /** Whether a further attempt is left when one more has been spent. */
  boolean hasAnotherAttempt() {
    return spentAttempts + 1 < maxAttempts;
  }

  Job cancelRequested(Instant at) {
    return new Job(
        run,
        kind,
        maxAttempts,
        spentAttempts,
        priority,
        scheduledAt,
        timeout,
        key,
        fingerprint,
        claim,
        cancelRequestedAt.or(() -> Optional.of(at)),
        outputRef,
        error,
        reportedBy,
        retryOf);
  }

  private Job with(
      int spent,
      Optional<Claim> claimed,
      Optional<OutputRef> output,
      Optional<String> why,
      Optional<LeaseToken> by) {
    return new Job(
        run,
        kind,
        maxAttempts,
        spent,
        priority,
        scheduledAt,
        timeout,
        key,
        fingerprint,
        claimed,
        cancelRequestedAt,
        output,
        why,
        by,
        retryOf);
  }
}
