package dev.runs.application.cost;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.UnitPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Unit prices that a test has set; it may also say that there are none to be had. */
public final class FixedUnitPrices implements UnitPrices {

  private final Map<CostName, UnitPrice> prices = new ConcurrentHashMap<>();
  private final List<Set<CostName>> asked = new CopyOnWriteArrayList<>();
  private volatile boolean isDown;

  /**
   * @param cents of one unit
   */
  public FixedUnitPrices with(CostName name, String cents) {
    prices.put(name, new UnitPrice(new BigDecimal(cents)));
    return this;
  }

  public FixedUnitPrices without(CostName name) {
    prices.remove(name);
    return this;
  }

  /** From now on there is no answer. */
  public void breakDown() {
    isDown = true;
  }

  public void recover() {
    isDown = false;
  }

  /** What was asked for so far, question by question. */
  public List<Set<CostName>> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Map<CostName, UnitPrice> of(Set<CostName> names) {
    asked.add(Set.copyOf(names));
    if (isDown) {
      throw new CostRejected.PricesUnavailable("it is broken down");
    }
    return prices.entrySet().stream()
        .filter(price -> names.contains(price.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
