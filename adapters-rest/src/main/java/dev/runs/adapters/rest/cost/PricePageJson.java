package dev.runs.adapters.rest.cost;

import dev.runs.application.Page;
import dev.runs.domain.cost.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of prices.
 *
 * @param nextCursor null on the last page
 */
record PricePageJson(List<PriceJson> prices, int limit, @Nullable String nextCursor) {

  static PricePageJson of(Page<Price> page, int limit) {
    return new PricePageJson(
        page.items().stream().map(PriceJson::of).toList(), limit, page.next().orElse(null));
  }
}
