package dev.runs.application.cost;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.UnitPrice;
import java.util.Map;
import java.util.Set;

/** What things cost now. Asked outside any transaction, since the answer may take long. */
public interface UnitPrices {

  /**
   * The present price of each of these. Names that have no price are absent.
   *
   * @throws CostRejected.PricesUnavailable when no answer is to be had
   */
  Map<CostName, UnitPrice> of(Set<CostName> names);
}
