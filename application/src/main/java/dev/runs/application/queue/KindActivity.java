package dev.runs.application.queue;

import dev.runs.domain.access.Principal;
import dev.runs.domain.event.EventType;
import java.util.Optional;

/**
 * What became of the runs of a kind in some time.
 *
 * @param succeeded runs that ended so; as the next three
 * @param retried attempts that failed, were lost or took too long, after which the run waited again
 * @param lost attempts whose worker was not heard of any more, whether the run was tried again
 */
public record KindActivity(
    long succeeded, long failed, long timedOut, long canceled, long retried, long lost) {

  public static final KindActivity NONE = new KindActivity(0, 0, 0, 0, 0, 0);

  private static final String LOST = "lost";
  private static final String RELEASED = "released";

  /**
   * What one event of a queued run tells.
   *
   * @param why the word of this name among its details
   */
  public static KindActivity of(EventType type, Principal actor, Optional<String> why) {
    return switch (type) {
      case SUCCEEDED -> new KindActivity(1, 0, 0, 0, 0, 0);
      // whoever takes leases away lets a run fail only when its worker was lost
      case FAILED -> new KindActivity(0, 1, 0, 0, 0, actor.equals(ReapLeases.ACTOR) ? 1 : 0);
      case TIMED_OUT -> new KindActivity(0, 0, 1, 0, 0, 0);
      case CANCELED -> new KindActivity(0, 0, 0, 1, 0, 0);
      case RETRIED -> ofRetry(why.orElse(""));
      case CREATED,
          ENQUEUED,
          STARTED,
          STATE_CHANGED,
          CANCEL_REQUESTED,
          COST_ADDED,
          VALIDATION_RECORDED,
          ATTEMPT_CHANGED,
          CLUSTER_EVENT,
          PROGRESS,
          DELETED ->
          NONE;
    };
  }

  private static KindActivity ofRetry(String why) {
    return new KindActivity(0, 0, 0, 0, why.equals(RELEASED) ? 0 : 1, why.equals(LOST) ? 1 : 0);
  }

  public KindActivity plus(KindActivity other) {
    return new KindActivity(
        succeeded + other.succeeded,
        failed + other.failed,
        timedOut + other.timedOut,
        canceled + other.canceled,
        retried + other.retried,
        lost + other.lost);
  }

  /** How many runs have ended, in whatever way. */
  public long ended() {
    return succeeded + failed + timedOut + canceled;
  }

  /** How many runs have ended without having done what they were for; canceled ones aside. */
  public long broken() {
    return failed + timedOut;
  }
}
