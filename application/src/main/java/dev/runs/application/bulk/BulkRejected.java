package dev.runs.application.bulk;

import dev.runs.domain.Rejection;
import java.util.Locale;

/** What can be refused about bulk operations. */
public abstract sealed class BulkRejected extends Rejection {

  private BulkRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** No such operation within reach. */
  public static final class NotFound extends BulkRejected {
    public NotFound() {
      super(Reason.NOT_FOUND, "bulk.not_found", "There is no such bulk operation.");
    }
  }

  /** No run is meant. */
  public static final class NothingMeant extends BulkRejected {
    public NothingMeant() {
      super(
          Reason.INVALID,
          "bulk.nothing_meant",
          "No run is selected, or none matches the filter any more.");
    }
  }

  /** More runs than somebody saw before they asked for it, or none of them. */
  public static final class OthersMeant extends BulkRejected {
    public OthersMeant() {
      super(
          Reason.CONFLICT,
          "bulk.others_meant",
          "Other runs are meant by now. Look again; nothing was done.");
    }
  }

  /** More runs than one operation takes. */
  public static final class TooMany extends BulkRejected {
    public TooMany(int most) {
      super(
          Reason.INVALID,
          "bulk.too_many",
          String.format(
              Locale.ROOT,
              "One bulk operation takes at most %,d runs here; narrow the filter.",
              most));
    }
  }

  /** As many operations of the organization are running as may. */
  public static final class TooManyRunning extends BulkRejected {
    public TooManyRunning(int most) {
      super(
          Reason.EXHAUSTED,
          "bulk.too_many_running",
          "%d bulk operations of the organization are running; wait for one, or stop one."
              .formatted(most));
    }
  }
}
