package dev.runs.domain.lineage;

import dev.runs.domain.Rejection;

/** What can be refused about events of lineage. */
public abstract sealed class LineageRejected extends Rejection {

  private final String field;

  private LineageRejected(String field, String code, String message) {
    super(Reason.INVALID, code, message);
    this.field = field;
  }

  /** The member that is wrong, as it is called in the object that holds it. */
  public String field() {
    return field;
  }

  /** A text that is too short or too long. */
  public static final class BadText extends LineageRejected {
    public BadText(String field, int least, int most, int length) {
      super(
          field,
          "lineage.invalid_text",
          "%s has %d to %,d characters, not %,d.".formatted(field, least, most, length));
    }
  }

  /** More of something than an event may have. */
  public static final class TooMany extends LineageRejected {
    public TooMany(String field, int most, int given) {
      super(
          field,
          "lineage.too_many",
          "%s has at most %,d entries, not %,d.".formatted(field, most, given));
    }
  }

  /** A number below zero. */
  public static final class Negative extends LineageRejected {
    public Negative(String field) {
      super(field, "lineage.negative", field + " must not be negative.");
    }
  }
}
