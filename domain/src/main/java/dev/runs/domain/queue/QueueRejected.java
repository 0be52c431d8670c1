package dev.runs.domain.queue;

import dev.runs.domain.Rejection;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;

/** What can be refused about queued runs, their workers and their kinds. */
public abstract sealed class QueueRejected extends Rejection {

  private QueueRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** A kind of another form. */
  public static final class BadKind extends QueueRejected {
    public BadKind() {
      super(
          Reason.INVALID,
          "kind.invalid",
          "A kind has 1 to 255 characters and no control characters.");
    }
  }

  /** A worker's name of another form. */
  public static final class BadWorkerId extends QueueRejected {
    public BadWorkerId() {
      super(
          Reason.INVALID,
          "worker.invalid",
          "workerId has 1 to %d characters and no control characters."
              .formatted(WorkerId.MOST_CHARACTERS));
    }
  }

  /** A key of another form. */
  public static final class BadKey extends QueueRejected {
    public BadKey() {
      super(
          Reason.INVALID,
          "idempotency.invalid_key",
          "An idempotency key has 1 to %d printable ASCII characters."
              .formatted(JobKey.MOST_CHARACTERS));
    }
  }

  /** A document that is too large. */
  public static final class PayloadTooLarge extends QueueRejected {
    public PayloadTooLarge(int bytes) {
      super(
          Reason.INVALID,
          "payload.too_large",
          "A document has at most %,d bytes as UTF-8, not %,d; keep it elsewhere and pass a reference."
              .formatted(Payload.MOST_BYTES, bytes));
    }
  }

  /** A reference to an output that is empty or too long. */
  public static final class BadOutputRef extends QueueRejected {
    public BadOutputRef() {
      super(
          Reason.INVALID,
          "output_ref.invalid",
          "outputRef has 1 to %,d characters and no control characters."
              .formatted(OutputRef.MOST_CHARACTERS));
    }
  }

  /** A priority outside its bounds. */
  public static final class BadPriority extends QueueRejected {
    public BadPriority() {
      super(
          Reason.INVALID,
          "priority.invalid",
          "priority is a whole number from %d to %d.".formatted(Priority.LOWEST, Priority.HIGHEST));
    }
  }

  /** A backoff outside its bounds. */
  public static final class BadBackoff extends QueueRejected {
    public BadBackoff() {
      super(
          Reason.INVALID,
          "backoff.invalid",
          "A backoff has a base of 0 seconds or more, a factor of 1 to %d and a cap from the base to %d seconds."
              .formatted(Backoff.LARGEST_FACTOR, Backoff.LONGEST.toSeconds()));
    }
  }

  /** A number or a time outside its bounds. */
  public static final class BadLimit extends QueueRejected {
    public BadLimit(String field, long least, long most) {
      super(Reason.INVALID, "limit.invalid", "%s is %d to %d.".formatted(field, least, most));
    }
  }

  /** A worker that names too many kinds. */
  public static final class TooManyKinds extends QueueRejected {
    public TooManyKinds(int most) {
      super(Reason.INVALID, "kinds.too_many", "kinds names at most %d kinds.".formatted(most));
    }
  }

  /** The same key with another request. */
  public static final class KeyReused extends QueueRejected {
    public KeyReused() {
      super(
          Reason.UNPROCESSABLE,
          "idempotency.other_request",
          "The idempotency key belongs to a run that was asked for otherwise.");
    }
  }

  /** The key of a run that is being deleted; free again when nothing is left of the run. */
  public static final class KeyBeingDeleted extends QueueRejected {
    public KeyBeingDeleted() {
      super(
          Reason.CONFLICT,
          "idempotency.key_being_deleted",
          "The idempotency key belongs to a run that is being deleted; try again in a moment.");
    }
  }

  /** A worker whose lease is not the current one. */
  public static final class StaleLease extends QueueRejected {
    private final StateName current;

    public StaleLease(RunId run, StateName current) {
      super(
          Reason.CONFLICT,
          "lease.stale",
          "The lease of run %s is not this one any more; the run is %s."
              .formatted(run, current.wireName()));
      this.current = current;
    }

    public StateName currentState() {
      return current;
    }
  }

  /** A run that was never in the queue. */
  public static final class NotQueued extends QueueRejected {
    public NotQueued(RunId run) {
      super(
          Reason.CONFLICT,
          "run.not_queued",
          "Run %s is executed elsewhere; it was never in the queue.".formatted(run));
    }
  }

  /** A run that has not ended cannot be done again. */
  public static final class NotFinished extends QueueRejected {
    private final StateName current;

    public NotFinished(RunId run, StateName current) {
      super(
          Reason.CONFLICT,
          "run.not_finished",
          "Run %s is %s; only a run that has ended is retried.".formatted(run, current.wireName()));
      this.current = current;
    }

    public StateName currentState() {
      return current;
    }
  }

  /** A new run below one that is canceled. */
  public static final class CanceledAbove extends QueueRejected {
    public CanceledAbove() {
      super(
          Reason.CONFLICT,
          "run.canceled_above",
          "The parent or a run above it is canceled; it takes no new runs.");
    }
  }

  /** Nobody said anything about the kind. */
  public static final class PolicyNotFound extends QueueRejected {
    public PolicyNotFound() {
      super(Reason.NOT_FOUND, "kind.not_found", "The kind has no policy of its own.");
    }
  }
}
