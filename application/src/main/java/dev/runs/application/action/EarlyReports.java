package dev.runs.application.action;

import dev.runs.domain.access.Principal;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ExecutorReport;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports on actions that are not there yet. */
public interface EarlyReports {

  /**
   * @param awaits the action that must be there before it can be heard
   * @param actor who reported
   */
  record EarlyReport(
      ActionAddress awaits, ExecutorReport report, Principal actor, Instant reportedAt) {}

  /** Keeps reports; the same one may be kept twice. */
  void keepAll(List<EarlyReport> reports);

  /**
   * Takes some of those out that wait for one of these actions, in the order in which they came.
   *
   * @param most how many, at least 1
   */
  List<EarlyReport> take(Collection<ActionAddress> awaited, int most);

  /** Whether any waits for one of these actions. */
  boolean isAnyWaitingFor(Collection<ActionAddress> awaited);

  /**
   * Some actions that reports wait for, in the order of their addresses.
   *
   * @param after the one behind which to look; null to begin
   */
  List<ActionAddress> awaited(@Nullable ActionAddress after, int most);

  /**
   * Drops some reports that came before a moment.
   *
   * @return how many were dropped
   */
  int dropBefore(Instant moment, int most);

  /** How many wait. */
  long count();
}
