package dev.runs.adapters.rest.run;

import dev.runs.domain.rollup.CostTotal;
import dev.runs.domain.rollup.Rollup;
import java.util.List;

/** What one cost name adds up to at a run, below it, and together. */
record CostTotalJson(
    String costName,
    String ownCostInUsdCents,
    String childrenCostInUsdCents,
    String totalCostInUsdCents,
    String ownQuantity,
    String childrenQuantity,
    String totalQuantity) {

  static List<CostTotalJson> of(Rollup rollup) {
    return rollup.costs().stream().map(CostTotalJson::of).toList();
  }

  private static CostTotalJson of(CostTotal total) {
    return new CostTotalJson(
        total.name().value(),
        total.own().toString(),
        total.children().toString(),
        total.total().toString(),
        total.ownQuantity().toPlainString(),
        total.childrenQuantity().toPlainString(),
        total.totalQuantity().toPlainString());
  }
}
