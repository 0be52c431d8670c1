package dev.runs.application.cost;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Price;
import dev.runs.domain.cost.UnitPrice;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Unit prices from the list that is kept here. */
public final class ListedUnitPrices implements UnitPrices {

  private final PriceList list;
  private final InstantSource clock;

  public ListedUnitPrices(PriceList list, InstantSource clock) {
    this.list = list;
    this.clock = clock;
  }

  @Override
  public Map<CostName, UnitPrice> of(Set<CostName> names) {
    return list.inEffect(names, clock.instant()).values().stream()
        .collect(Collectors.toUnmodifiableMap(Price::name, Price::unitPrice));
  }
}
