package dev.runs.domain.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one unit costs, in US cents.
 *
 * @param cents at most 38 significant digits, from 0 to below 10⁶; as the price list has it
 */
public record UnitPrice(BigDecimal cents) {

  /** The decimals that are kept and shown. */
  public static final int SCALE = 10;

  /** A price is below this many cents. */
  public static final BigDecimal BOUND = BigDecimal.TEN.pow(6);

  public UnitPrice {
    Digits.checked("costPerUnitInUsdCents", cents, BOUND);
    if (cents.signum() < 0) {
      throw new CostRejected.NegativePrice();
    }
  }

  /** As it is kept: ten decimals, half up. */
  public UnitPrice rounded() {
    return new UnitPrice(cents.setScale(SCALE, RoundingMode.HALF_UP));
  }
}
