package dev.runs.domain.cost;

import dev.runs.domain.Rejection;
import java.math.BigDecimal;

/** What can be refused about costs and prices. */
public abstract sealed class CostRejected extends Rejection {

  private CostRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** A cost that the price list does not know. */
  public static final class UnknownCost extends CostRejected {
    private final String name;

    public UnknownCost(String name) {
      super(Reason.UNPROCESSABLE, "cost.unknown", "Unknown cost: " + name);
      this.name = name;
    }

    public String name() {
      return name;
    }
  }

  /** No price is kept here under this name. */
  public static final class PriceNotFound extends CostRejected {
    public PriceNotFound() {
      super(Reason.NOT_FOUND, "price.not_found", "Cost unit not found");
    }
  }

  /** The costs-service does not answer as it should. */
  public static final class PricesUnavailable extends CostRejected {
    /**
     * @param why for a person: what the costs-service did, never an address or a key
     */
    public PricesUnavailable(String why) {
      super(Reason.UPSTREAM, "costs_service.unavailable", "costs-service unavailable: " + why);
    }
  }

  public static final class BadName extends CostRejected {
    public BadName(int length) {
      super(
          Reason.INVALID,
          "cost.invalid_name",
          "A cost's name has 1 to %d characters and is not blank; this one has %d."
              .formatted(CostName.MOST_CHARACTERS, length));
    }
  }

  public static final class TooManyDigits extends CostRejected {
    public TooManyDigits(String what, int most) {
      super(
          Reason.INVALID,
          "cost.too_many_digits",
          "%s has at most %d significant digits and an exponent of at most %d."
              .formatted(what, most, most));
    }
  }

  public static final class OutOfRange extends CostRejected {
    public OutOfRange(String what, BigDecimal bound) {
      super(
          Reason.INVALID,
          "cost.out_of_range",
          "%s lies between -%s and %s, both excluded."
              .formatted(what, bound.toPlainString(), bound.toPlainString()));
    }
  }

  /** Days that are no period, or too long a one. */
  public static final class BadPeriod extends CostRejected {
    public BadPeriod(int most, int firstYear, int lastYear) {
      super(
          Reason.INVALID,
          "cost.invalid_period",
          ("A period has 1 to %d days of the years %d to %d, and its last day does not come before"
                  + " its first.")
              .formatted(most, firstYear, lastYear));
    }
  }

  /** A table that would be too long. */
  public static final class TooManyRows extends CostRejected {
    public TooManyRows(int most) {
      super(
          Reason.INVALID,
          "cost.too_many_rows",
          "The table has more than %d rows; ask for fewer days.".formatted(most));
    }
  }

  public static final class NegativePrice extends CostRejected {
    public NegativePrice() {
      super(Reason.INVALID, "price.negative", "costPerUnitInUsdCents is 0 or more.");
    }
  }

  /** A quantity of zero or less on a run whose corrections must name what they correct. */
  public static final class CorrectionNamesNoLine extends CostRejected {
    public CorrectionNamesNoLine() {
      super(
          Reason.INVALID,
          "cost.quantity_not_positive",
          "quantity must be greater than 0; a correction names the line it corrects in"
              + " correctsCostId.");
    }
  }

  public static final class CorrectionNotNegative extends CostRejected {
    public CorrectionNotNegative() {
      super(
          Reason.INVALID,
          "cost.correction_not_negative",
          "quantity must be less than 0 in a line that corrects another.");
    }
  }

  public static final class CorrectedLineNotFound extends CostRejected {
    /**
     * @param line as the caller named it
     */
    public CorrectedLineNotFound(String line) {
      super(
          Reason.UNPROCESSABLE,
          "cost.corrected_line_not_found",
          "The run has no line %s of that cost name.".formatted(line));
    }
  }
}
