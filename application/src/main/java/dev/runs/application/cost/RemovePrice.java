package dev.runs.application.cost;

import dev.runs.application.Transactions;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;

/** Takes a name off the price list, with its history. Lines that are written stay. */
public final class RemovePrice {

  private final PriceList list;
  private final Transactions transactions;

  public RemovePrice(PriceList list, Transactions transactions) {
    this.list = list;
    this.transactions = transactions;
  }

  /**
   * @throws CostRejected.PriceNotFound when the list has no such name
   */
  public void remove(CostName name) {
    if (!transactions.inTransaction(() -> list.remove(name))) {
      throw new CostRejected.PriceNotFound();
    }
  }
}
