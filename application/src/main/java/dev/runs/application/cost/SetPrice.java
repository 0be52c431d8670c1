package dev.runs.application.cost;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
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
  private final Auditor auditor;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public SetPrice(
      PriceList list, Auditor auditor, Transactions transactions, Ids ids, InstantSource clock) {
    this.list = list;
    this.auditor = auditor;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * @param effectiveFrom the first instant of the price; now when not given
   */
  public Price set(Caller caller, CostName name, UnitPrice price, Optional<Instant> effectiveFrom) {
    caller.require(Scope.PLATFORM_ADMIN);
    var entry = entry(name, price, effectiveFrom);
    return transactions.inTransaction(() -> {
      var kept = list.put(entry);
      auditor.noteForAll(
          caller,
          AuditAction.PRICE_SET,
          "price:" + name,
          Map.of(
              "costPerUnitInUsdCents", kept.unitPrice().cents().toPlainString(),
              "effectiveFrom", kept.effectiveFrom().toString()));
      return kept;
    });
  }

  /**
   * Sets the prices of those names that have none yet, neither now nor in the future. That is the
   * doing of the configuration, not of a caller, and is not audited.
   */
  public void seed(Map<CostName, UnitPrice> prices) {
    prices.forEach((name, price) -> {
      if (list.history(name, Optional.empty(), 1).isEmpty()) {
        transactions.inTransaction(() -> list.put(entry(name, price, Optional.empty())));
      }
    });
  }

  private Price entry(CostName name, UnitPrice price, Optional<Instant> effectiveFrom) {
    var now = clock.instant();
    return new Price(ids.next(), name, price.rounded(), effectiveFrom.orElse(now), now, now);
  }
}
