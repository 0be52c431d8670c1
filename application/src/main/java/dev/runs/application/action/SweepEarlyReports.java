package dev.runs.application.action;

import dev.runs.application.Transactions;
import dev.runs.domain.action.ActionAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks after reports that came too early: hears those whose action is there all the same, which
 * happens when a node died between two commits, and drops those for which no action came in a day.
 */
public final class SweepEarlyReports {

  /** How long a report waits for its action. */
  public static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private static final int AT_ONCE = 500;

  private final EarlyHearing earlyHearing;
  private final EarlyReports early;
  private final Transactions transactions;
  private final InstantSource clock;

  public SweepEarlyReports(
      EarlyHearing earlyHearing,
      EarlyReports early,
      Transactions transactions,
      InstantSource clock) {
    this.earlyHearing = earlyHearing;
    this.early = early;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What a sweep did. */
  public record Swept(int heard, int dropped) {}

  /** Looks at every report that waits, in small transactions. */
  public Swept sweep() {
    var heard = 0;
    @Nullable ActionAddress after = null;
    while (true) {
      var awaited = early.awaited(after, AT_ONCE);
      if (awaited.isEmpty()) {
        break;
      }
      var some = earlyHearing.hearSome(awaited);
      earlyHearing.lookAgain(some.lookFor());
      heard += some.reports();
      after = awaited.getLast();
    }
    return new Swept(heard, drop());
  }

  /** How many reports wait. */
  public long waiting() {
    return early.count();
  }

  private int drop() {
    var before = clock.instant().minus(LONGEST_WAIT);
    var dropped = 0;
    while (true) {
      int some = transactions.inTransaction(() -> early.dropBefore(before, AT_ONCE));
      dropped += some;
      if (some < AT_ONCE) {
        return dropped;
      }
    }
  }
}
