package dev.runs.application.event;

import dev.runs.application.Transactions;

/** Gives committed events their place in the log. */
public final class SequenceEvents {

  private final RunEventLog log;
  private final EventTally tally;
  private final Transactions transactions;
  private final int most;
  private final Runnable sequenced;

  /**
   * @param tally sums up what gets its place
   * @param most how many events one transaction moves at most
   * @param sequenced called after some got their place; it must return at once
   */
  public SequenceEvents(
      RunEventLog log, EventTally tally, Transactions transactions, int most, Runnable sequenced) {
    this.log = log;
    this.tally = tally;
    this.transactions = transactions;
    this.most = most;
    this.sequenced = sequenced;
  }

  /**
   * @return whether there may be more events without a place
   */
  public boolean sequence() {
    var moved = transactions.inTransaction(this::some);
    if (moved > 0) {
      sequenced.run();
    }
    return moved == most;
  }

  private int some() {
    var moved = log.sequence(most);
    if (moved > 0) {
      var last = log.lastPosition();
      tally.add(last - moved, last);
    }
    return moved;
  }
}
