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

  /** More streams than there may be at a time. */
  public abstract static sealed class TooManyStreams extends RequestRejected {

    private final int most;

    private TooManyStreams(String code, String message, int most) {
      super(Reason.EXHAUSTED, code, message);
      this.most = most;
    }

    /** How many there may be. */
    public int most() {
      return most;
    }

    /** With one key. */
    public static final class OfKey extends TooManyStreams {
      public OfKey(int most) {
        super("rate.too_many_streams", "The key has %d streams already.".formatted(most), most);
      }
    }

    /** On one server. */
    public static final class OnServer extends TooManyStreams {
      public OnServer(int most) {
        super(
            "server.too_many_streams", "The server has %d streams already.".formatted(most), most);
      }
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
