package dev.runs.domain.action;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an executor says of an action as a whole.
 *
 * @param attempts the attempt it is in, counted from 1; 0 means the current one. A report of no
 *     numbered attempt, as a child's executor makes to promote the parent, says nothing of the
 *     cache.
 * @param cacheStatus such as {@code CACHE_HIT}; null when nobody said
 * @param startedAt null when nobody said
 * @param endedAt of an end; null for the moment at which it is heard
 * @param error of a failure; null when nobody said, then that of the attempt counts
 * @param output what it gave back; null when nobody said
 * @param principal who caused it; null when nobody said
 * @param abortReason null when nobody said
 */
public record StatusReport(
    ActionPhase phase,
    int attempts,
    @Nullable String cacheStatus,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable ActionError error,
    @Nullable Document output,
    @Nullable Document principal,
    @Nullable String abortReason) {

  private static final int MOST_CHARACTERS = 255;

  /**
   * @throws ActionRejected.BadReport when there are more attempts than there may be
   */
  public StatusReport {
    ActionRejected.BadReport.checkRange("attempts", 0, ActionEvent.MOST_ATTEMPTS, attempts);
    ActionRejected.BadName.checkLongest("cache status", cacheStatus, MOST_CHARACTERS);
  }

  /** That an action is in a phase, and nothing more. */
  public static StatusReport of(ActionPhase phase) {
    return new StatusReport(phase, 0, null, null, null, null, null, null, null);
  }
}
