package dev.runs.application;

import dev.runs.domain.Rejection;

/** What can be refused about the way something is asked for. */
public abstract sealed class RequestRejected extends Rejection {

  private RequestRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** A cursor that this service did not give out, or gave out for something else. */
  public static final class BadCursor extends RequestRejected {
    public BadCursor() {
      super(
          Reason.INVALID,
          "request.invalid_cursor",
          "cursor is not one that this list has given out.");
    }
  }

  /** More items than may be asked for at once. */
  public static final class TooManyItems extends RequestRejected {
    public TooManyItems(int most, int given) {
      super(
          Reason.INVALID,
          "request.too_many_items",
          "items has 1 to %d entries, not %d.".formatted(most, given));
    }
  }
}
