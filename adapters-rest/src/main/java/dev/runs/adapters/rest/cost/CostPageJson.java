package dev.runs.adapters.rest.cost;

import dev.runs.application.Page;
import dev.runs.domain.cost.CostLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a run's cost lines.
 *
 * @param nextCursor null on the last page
 */
record CostPageJson(List<CostJson> costs, int limit, @Nullable String nextCursor) {

  static CostPageJson of(Page<CostLine> page, int limit) {
    return new CostPageJson(
        page.items().stream().map(CostJson::of).toList(), limit, page.next().orElse(null));
  }
}
