package dev.runs.application.cost;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.UnitPrice;
import java.util.Map;
import java.util.Set;

/** What things cost now. Asked outside any transaction, since the answer may take long. */
public interface UnitPrices {

  /**
   * The present price of each of these.
   *
   * @return a price for every name that was asked for
   * @throws CostRejected.UnknownCost when one of them has no price; the first in the set's order
   * @throws CostRejected.PricesUnavailable when no answer is to be had
   */
  Map<CostName, UnitPrice> of(Set<CostName> names);
}
