package dev.runs.application.rollup;

import dev.runs.application.Transactions;

/** Moves deltas to where reading is cheap; changes no sum that anybody reads. */
public final class FoldLedger {

  private final Ledger ledger;
  private final Transactions transactions;
  private final int most;

  /**
   * @param most how many deltas one transaction moves at most
   */
  public FoldLedger(Ledger ledger, Transactions transactions, int most) {
    this.ledger = ledger;
    this.transactions = transactions;
    this.most = most;
  }

  /**
   * @return whether there may be more to fold
   */
  public boolean fold() {
    return transactions.inTransaction(() -> ledger.fold(most)) == most;
  }
}
