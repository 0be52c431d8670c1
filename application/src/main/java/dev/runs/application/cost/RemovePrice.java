package dev.runs.application.cost;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import java.util.Map;

/** Takes a name off the price list, with its history. Lines that are written stay. */
public final class RemovePrice {

  private final PriceList list;
  private final Auditor auditor;
  private final Transactions transactions;

  public RemovePrice(PriceList list, Auditor auditor, Transactions transactions) {
    this.list = list;
    this.auditor = auditor;
    this.transactions = transactions;
  }

  /**
   * @throws CostRejected.PriceNotFound when the list has no such name
   */
  public void remove(Caller caller, CostName name) {
    caller.require(Scope.PLATFORM_ADMIN);
    transactions.inTransaction(() -> {
      if (!list.remove(name)) {
        throw new CostRejected.PriceNotFound();
      }
      auditor.noteForAll(caller, AuditAction.PRICE_REMOVED, "price:" + name, Map.of());
      return name;
    });
  }
}
