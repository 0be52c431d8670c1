package dev.runs.application.queue;

import dev.runs.application.Transactions;

/** Makes runs ready whose time has come. */
public final class ReadyDueRuns {

  private static final int AT_ONCE = 500;

  private final WaitingRuns waiting;
  private final Transactions transactions;

  public ReadyDueRuns(WaitingRuns waiting, Transactions transactions) {
    this.waiting = waiting;
    this.transactions = transactions;
  }

  /**
   * @return whether any became ready, so that there may be more
   */
  public boolean ready() {
    return !transactions.inTransaction(() -> waiting.readyDue(AT_ONCE)).isEmpty();
  }
}
