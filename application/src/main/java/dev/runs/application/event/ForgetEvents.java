package dev.runs.application.event;

import dev.runs.application.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Takes events out of the log whose time is over, oldest first, whatever became of their runs. */
public final class ForgetEvents {

  private final RunEventLog log;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Optional<Duration> kept;
  private final int most;

  /**
   * @param kept how long events are kept; nothing for ever
   * @param most how many events one transaction takes out at most, at least 1
   */
  public ForgetEvents(
      RunEventLog log,
      Transactions transactions,
      InstantSource clock,
      Optional<Duration> kept,
      int most) {
    this.log = log;
    this.transactions = transactions;
    this.clock = clock;
    this.kept = kept;
    this.most = most;
  }

  /**
   * Does what fits in one small transaction.
   *
   * @return how many were forgotten; 0 when there is nothing more to do
   */
  public int forget() {
    if (kept.isEmpty()) {
      return 0;
    }
    var before = clock.instant().minus(kept.get());
    return transactions.inTransaction(() -> log.forget(before, most));
  }
}
