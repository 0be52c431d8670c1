package dev.runs.application.action;

import dev.runs.application.Transactions;
import dev.runs.domain.action.ActionAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<@Nullable ActionAddress> lookedAtLast = new AtomicReference<>();

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

  /**
   * Looks at some of the actions that reports wait for, going on where it left off, and when it is
   * through drops some of what is too old.
   *
   * @return whether there is more to do at once
   */
  public boolean sweep() {
    var awaited = early.awaited(lookedAtLast.get(), AT_ONCE);
    if (awaited.isEmpty()) {
      lookedAtLast.set(null);
      var before = clock.instant().minus(LONGEST_WAIT);
      int dropped = transactions.inTransaction(() -> early.dropBefore(before, AT_ONCE));
      return dropped == AT_ONCE;
    }
    earlyHearing.lookAgain(earlyHearing.hearSome(awaited).lookFor());
    lookedAtLast.set(awaited.getLast());
    return true;
  }

  /** How many reports wait. */
  public long waiting() {
    return early.count();
  }
}
