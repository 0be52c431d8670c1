package dev.runs.domain.rollup;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.cost.Quantity;
import java.math.BigDecimal;

/**
 * What one cost name adds up to at a run and below it.
 *
 * @param own of the run's own lines
 * @param total of the run and everything below it
 * @param ownQuantity with six decimals
 * @param totalQuantity with six decimals
 */
public record CostTotal(
    CostName name, Money own, Money total, BigDecimal ownQuantity, BigDecimal totalQuantity) {

  public CostTotal {
    ownQuantity = ownQuantity.setScale(Quantity.SCALE);
    totalQuantity = totalQuantity.setScale(Quantity.SCALE);
  }

  /** Whether nothing was booked, or everything was taken back. */
  public boolean isNothing() {
    return own.cents().signum() == 0
        && total.cents().signum() == 0
        && ownQuantity.signum() == 0
        && totalQuantity.signum() == 0;
  }

  /** What was booked below the run, at any depth. */
  public Money children() {
    return total.minus(own);
  }

  public BigDecimal childrenQuantity() {
    return totalQuantity.subtract(ownQuantity);
  }
}
