package dev.runs.application.event;

import dev.runs.application.Transactions;

/** Gives committed events their place in the log. */
public final class SequenceEvents {

  private final RunEventLog log;
  private final Transactions transactions;
  private final int most;

  /**
   * @param most how many events one transaction moves at most
   */
  public SequenceEvents(RunEventLog log, Transactions transactions, int most) {
    this.log = log;
    this.transactions = transactions;
    this.most = most;
  }

  /**
   * @return whether there may be more events without a place
   */
  public boolean sequence() {
    return transactions.inTransaction(() -> log.sequence(most)) == most;
  }
}
