package dev.runs.application.lineage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks after events that came too early: hears those whose parent is there all the same, which
 * happens when a node died between two commits, and those whose parent did not come in a day. Such
 * a run becomes a root. It is not dropped, for its parent may belong to a scheduler that reports
 * elsewhere or not at all, and then the run would never be seen.
 */
public final class SweepEarlyLineage {

  /** How long an event waits for the parent of its run. */
  public static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private static final int AT_ONCE = 100;

  private final EarlyLineageHearing earlyHearing;
  private final EarlyLineage early;
  private final InstantSource clock;
  private final AtomicReference<@Nullable LineageKey> lookedAtLast = new AtomicReference<>();

  public SweepEarlyLineage(
      EarlyLineageHearing earlyHearing, EarlyLineage early, InstantSource clock) {
    this.earlyHearing = earlyHearing;
    this.early = early;
    this.clock = clock;
  }

  /**
   * Looks at some of the runs that events wait for, going on where it left off, and when it is
   * through hears some of what has waited too long.
   *
   * @return whether there is more to do at once
   */
  public boolean sweep() {
    var awaited = early.awaited(lookedAtLast.get(), AT_ONCE);
    if (awaited.isEmpty()) {
      lookedAtLast.set(null);
      var tooLong = early.keptBefore(clock.instant().minus(LONGEST_WAIT), AT_ONCE);
      tooLong.forEach(earlyHearing::hearWithoutParent);
      return tooLong.size() == AT_ONCE;
    }
    lookedAtLast.set(awaited.getLast());
    awaited.forEach(earlyHearing::lookAgain);
    return true;
  }

  /** How many events wait. */
  public long waiting() {
    return early.count();
  }
}
