package dev.runs.application.idempotency;

import dev.runs.domain.Rejection;

/** What can be refused about a request that carries a key of its own. */
public abstract sealed class IdempotencyRejected extends Rejection {

  private IdempotencyRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** The same key, and the request is not the same. */
  public static final class OtherRequest extends IdempotencyRejected {
    public OtherRequest() {
      super(
          Reason.UNPROCESSABLE,
          "idempotency.other_request",
          "This Idempotency-Key was used for another request; every request needs its own key.");
    }
  }

  /** The same request is being done at this moment. */
  public static final class InFlight extends IdempotencyRejected {
    public InFlight() {
      super(
          Reason.CONFLICT,
          "idempotency.in_flight",
          "A request with this Idempotency-Key is being done; ask again when it has ended.");
    }
  }

  /** A key that is too long or has characters that no key has. */
  public static final class BadKey extends IdempotencyRejected {
    public BadKey() {
      super(
          Reason.INVALID,
          "idempotency.invalid_key",
          "Idempotency-Key has 1 to 255 printable ASCII characters.");
    }
  }
}
