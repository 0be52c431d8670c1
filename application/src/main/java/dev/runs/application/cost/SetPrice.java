package dev.runs.application.cost;

import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Price;
import dev.runs.domain.cost.UnitPrice;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Says what something costs from an instant on. Lines that are written keep their price. */
public final class SetPrice {

  private final PriceList list;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public SetPrice(PriceList list, Transactions transactions, Ids ids, InstantSource clock) {
    this.list = list;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * @param effectiveFrom the first instant of the price; now when not given
   */
  public Price set(CostName name, UnitPrice price, Optional<Instant> effectiveFrom) {
    var now = clock.instant();
    var entry = new Price(ids.next(), name, price.rounded(), effectiveFrom.orElse(now), now, now);
    return transactions.inTransaction(() -> list.put(entry));
  }

  /** Sets the prices of those names that have none yet, neither now nor in the future. */
  public void seed(Map<CostName, UnitPrice> prices) {
    prices.forEach((name, price) -> {
      if (list.history(name, Optional.empty(), 1).isEmpty()) {
        set(name, price, Optional.empty());
      }
    });
  }
}
