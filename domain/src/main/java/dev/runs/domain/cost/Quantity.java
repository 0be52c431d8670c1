package dev.runs.domain.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of something was used. Negative in a correction.
 *
 * @param value at most 38 significant digits, between −10¹⁴ and 10¹⁴; as the caller wrote it, for a
 *     line's total is calculated before anything is rounded
 */
public record Quantity(BigDecimal value) {

  /** The decimals that are kept and shown. */
  public static final int SCALE = 6;

  /** A quantity is below this, whatever its sign. */
  public static final BigDecimal BOUND = BigDecimal.TEN.pow(14);

  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

  public Quantity {
    Digits.checked("quantity", value, BOUND);
  }

  public boolean isPositive() {
    return value.signum() > 0;
  }

  public boolean isNegative() {
    return value.signum() < 0;
  }

  /** As it is kept: six decimals, half up. */
  public Quantity rounded() {
    return new Quantity(value.setScale(SCALE, RoundingMode.HALF_UP));
  }
}
