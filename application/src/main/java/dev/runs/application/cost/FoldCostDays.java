package dev.runs.application.cost;

import dev.runs.application.Transactions;

/** Moves what was booked into the sums of the days; changes no sum that anybody reads. */
public final class FoldCostDays {

  private final CostHistory history;
  private final Transactions transactions;
  private final int most;

  /**
   * @param most how many changes one transaction moves at most
   */
  public FoldCostDays(CostHistory history, Transactions transactions, int most) {
    this.history = history;
    this.transactions = transactions;
    this.most = most;
  }

  /**
   * @return whether there may be more to fold
   */
  public boolean fold() {
    return transactions.inTransaction(() -> history.fold(most)) == most;
  }
}
