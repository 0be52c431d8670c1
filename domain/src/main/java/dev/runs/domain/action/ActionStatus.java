package dev.runs.domain.action;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was said of an action as a whole beyond the state of its run.
 *
 * @param startedAt the earliest start that was told; null when none was
 * @param isRecovered whether its success was taken over from an earlier run
 * @param cacheStatus such as {@code CACHE_HIT}; null when nobody said
 * @param output what it gave back; of a condition what was signalled; null for nothing
 * @param endedBy who signalled or ended it; null when nobody said
 * @param sendsStatus whether its executor sends the status of actions beside events of attempts
 */
public record ActionStatus(
    @Nullable Instant startedAt,
    boolean isRecovered,
    @Nullable String cacheStatus,
    @Nullable Document output,
    @Nullable Document endedBy,
    boolean sendsStatus) {

  /** Of an action of which nothing was said. */
  public static final ActionStatus NONE = new ActionStatus(null, false, null, null, null, false);

  /** As it is once the executor is known to send statuses. */
  public ActionStatus ofSender() {
    return sendsStatus
        ? this
        : new ActionStatus(startedAt, isRecovered, cacheStatus, output, endedBy, true);
  }

  /** What of it is shown. */
  public ActionStatus withoutSender() {
    return new ActionStatus(startedAt, isRecovered, cacheStatus, output, endedBy, false);
  }

  /**
   * As it is after a report.
   *
   * @param isNews whether the report moved the run; what else it says counts only then, or while
   *     nothing is known
   */
  public ActionStatus with(StatusReport report, boolean isNews) {
    return new ActionStatus(
        earlier(startedAt, report.startedAt()),
        isRecovered || (isNews && report.phase() == ActionPhase.RECOVERED),
        report.attempts() == 0 || report.cacheStatus() == null ? cacheStatus : report.cacheStatus(),
        isNews || output == null ? either(report.output(), output) : output,
        isNews || endedBy == null ? either(report.principal(), endedBy) : endedBy,
        true);
  }

  /** As it is after a signal. */
  public ActionStatus signalled(Document value, @Nullable Document by) {
    return new ActionStatus(startedAt, isRecovered, cacheStatus, value, by, sendsStatus);
  }

  private static @Nullable Document either(@Nullable Document said, @Nullable Document known) {
    return said == null ? known : said;
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
