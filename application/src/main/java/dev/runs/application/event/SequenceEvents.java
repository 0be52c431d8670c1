package dev.runs.application.event;

import dev.runs.application.Transactions;

/** Gives committed events their place in the log. */
public final class SequenceEvents {

  private final RunEventLog log;
  private final Transactions transactions;
  private final int most;
  private final Runnable sequenced;

  /**
   * @param most how many events one transaction moves at most
   * @param sequenced called after some got their place; it must return at once
   */
  public SequenceEvents(RunEventLog log, Transactions transactions, int most, Runnable sequenced) {
    this.log = log;
    this.transactions = transactions;
    this.most = most;
    this.sequenced = sequenced;
  }

  /**
   * @return whether there may be more events without a place
   */
  public boolean sequence() {
    var moved = transactions.inTransaction(() -> log.sequence(most));
    if (moved > 0) {
      sequenced.run();
    }
    return moved == most;
  }
}
