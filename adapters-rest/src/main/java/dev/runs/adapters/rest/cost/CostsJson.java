package dev.runs.adapters.rest.cost;

import dev.runs.domain.cost.CostLine;
import java.util.List;

/** Cost lines that were just booked. */
record CostsJson(List<CostJson> costs) {

  static CostsJson of(List<CostLine> lines) {
    return new CostsJson(lines.stream().map(CostJson::of).toList());
  }
}
