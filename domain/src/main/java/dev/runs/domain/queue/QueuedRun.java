package dev.runs.domain.queue;

import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A run that the queue drives. Each verb returns what it is afterwards. */
public record QueuedRun(Run run, Job job) {

  private static final String TOOK_TOO_LONG = "The attempt took longer than it may.";
  private static final String WORKER_LOST = "Its worker was not heard of before the lease ended.";

  /**
   * A move of a queued run.
   *
   * @param attempt as it is to be recorded; nothing when there was none
   * @param retryIn when the run waits again: how long before it may be claimed
   */
  public record Step(QueuedRun after, Optional<Attempt> attempt, Optional<Duration> retryIn) {}

  /**
   * Opens the next attempt.
   *
   * @throws RunRejected.IllegalMove when the run does not wait
   */
  public Step claim(WorkerId worker, Instant now) {
    var claimed = run.claimed(now);
    return new Step(
        new QueuedRun(claimed, job.claimedBy(worker, now)),
        Optional.of(Attempt.begunBy(worker.value(), claimed, now)),
        Optional.empty());
  }

  /**
   * Ends the present attempt.
   *
   * <p>Who was asked to stop and gives up, or is not heard of again, has stopped: the run is
   * canceled then. Work that was done all the same counts.
   *
   * @param by whose report it is; nothing when the attempt is taken away
   * @param random decides how long the run waits before it is tried again
   * @throws RunRejected.IllegalMove when the run is not executed
   */
  public Step end(
      Outcome outcome,
      Optional<LeaseToken> by,
      Backoff backoff,
      RandomGenerator random,
      Instant now) {
    return switch (outcome) {
      case Outcome.Succeeded(var outputRef, _) ->
          ended(
              new RunState.Succeeded(now),
              job.succeeded(outputRef, by),
              Optional.empty(),
              outputRef,
              now);
      case Outcome.TimedOut _ ->
          ended(
              new RunState.TimedOut(now),
              job.failed(TOOK_TOO_LONG, by),
              Optional.of(new RunFailure(RunFailure.Kind.SYSTEM, TOOK_TOO_LONG)),
              Optional.empty(),
              now);
      case Outcome.Stopped _ -> stopped(Optional.empty(), by, now);
      case Outcome.Released _ ->
          job.cancelRequestedAt().isPresent()
              ? stopped(Optional.empty(), by, now)
              : released(by, now);
      case Outcome.Lost _ ->
          failed(new RunFailure(RunFailure.Kind.LOST, WORKER_LOST), true, by, backoff, random, now);
      case Outcome.Failed(var error, var isRetryable, var kind) ->
          failed(
              new RunFailure(kind, error),
              isRetryable && kind != RunFailure.Kind.VERDICT,
              by,
              backoff,
              random,
              now);
    };
  }

  /** Whether a report says once more what the same worker's report said before. */
  public boolean repeats(Outcome outcome, int attempt, LeaseToken by) {
    return run.attempt() == attempt
        && job.reportedBy().filter(by::equals).isPresent()
        && switch (outcome) {
          case Outcome.Succeeded _ ->
              run.stateName() == StateName.SUCCEEDED || run.isRefusedByVerdict();
          case Outcome.Failed _, Outcome.Released _ -> run.stateName() != StateName.SUCCEEDED;
          case Outcome.Lost _, Outcome.TimedOut _, Outcome.Stopped _ -> false;
        };
  }

  /**
   * Ends a run that nobody executes.
   *
   * @throws RunRejected.IllegalMove when the run has ended
   */
  public Step cancelWaiting(Instant now) {
    return new Step(
        new QueuedRun(run.ended(new RunState.Canceled(now)), job.cancelRequested(now)),
        Optional.empty(),
        Optional.empty());
  }

  /** Asks the worker to stop. */
  public QueuedRun requestCancel(Instant now) {
    return new QueuedRun(run, job.cancelRequested(now));
  }

  private Step failed(
      RunFailure failure,
      boolean isRetryable,
      Optional<LeaseToken> by,
      Backoff backoff,
      RandomGenerator random,
      Instant now) {
    var why = failure.message() == null ? "" : failure.message();
    if (job.cancelRequestedAt().isPresent()) {
      return stopped(Optional.of(failure), by, now);
    }
    if (!isRetryable || !job.hasAnotherAttempt()) {
      return ended(
          new RunState.Failed(now, failure),
          job.failed(why, by),
          Optional.of(failure),
          Optional.empty(),
          now);
    }
    var waiting = job.failedAndWaiting(why, by);
    return new Step(
        new QueuedRun(run.requeued(now), waiting),
        Optional.of(attempt().ended(StateName.FAILED, failure, null, now)),
        Optional.of(backoff.delay(waiting.spentAttempts(), random)));
  }

  private Step released(Optional<LeaseToken> by, Instant now) {
    return new Step(
        new QueuedRun(run.requeued(now), job.released(by)),
        Optional.of(attempt().released(now)),
        Optional.of(Duration.ZERO));
  }

  private Step stopped(Optional<RunFailure> failure, Optional<LeaseToken> by, Instant now) {
    return ended(
        new RunState.Canceled(now),
        job.stopped(failure.map(RunFailure::message), by),
        failure,
        Optional.empty(),
        now);
  }

  private Step ended(
      RunState.Terminal state,
      Job jobAfter,
      Optional<RunFailure> failure,
      Optional<OutputRef> outputRef,
      Instant now) {
    return new Step(
        new QueuedRun(run.ended(state), jobAfter),
        Optional.of(
            attempt()
                .ended(
                    state.name(),
                    failure.orElse(null),
                    outputRef.map(OutputRef::value).orElse(null),
                    now)),
        Optional.empty());
  }

  private Attempt attempt() {
    var claim =
        job.claim().orElseThrow(() -> new IllegalStateException("nobody executes run " + run.id()));
    return Attempt.begunBy(claim.worker().value(), run, claim.at());
  }
}
