package dev.runs.domain.cost;

import java.math.BigDecimal;

/**
 * Keeps decimals within bounds before anybody calculates with them, for {@code 1e999999999} is
 * short to write and would take a gigabyte to add to one.
 */
final class Digits {

  /** The most significant digits a decimal may have. */
  static final int MOST = 38;

  private Digits() {}

  /**
   * @param bound the amount must be below it, whatever its sign
   * @return the very same decimal
   */
  static BigDecimal checked(String what, BigDecimal decimal, BigDecimal bound) {
    var exponent = (long) decimal.precision() - decimal.scale();
    if (decimal.precision() > MOST
        || Math.abs(exponent) > MOST
        || Math.abs(decimal.scale()) > MOST) {
      throw new CostRejected.TooManyDigits(what, MOST);
    }
    if (decimal.abs().compareTo(bound) >= 0) {
      throw new CostRejected.OutOfRange(what, bound);
    }
    return decimal;
  }
}
