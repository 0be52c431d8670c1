package dev.runs.application.queue;

import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.RunFailure;
import java.util.Locale;

/** What became of an attempt, for statistics. */
public enum AttemptResult {
  SUCCEEDED,
  /** It failed, and the run with it. */
  FAILED,
  /** It failed, and the run is tried again. */
  RETRIED,
  TIMED_OUT,
  CANCELED,
  /** Its worker was not heard of any more; the run may be tried again. */
  LOST,
  /** Its worker gave the run back without having done it. */
  RELEASED;

  /** The name in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param attempt one that has ended
   * @param isRetried whether the run waits again
   * @throws IllegalArgumentException when it has not ended
   */
  static AttemptResult of(Attempt attempt, boolean isRetried) {
    if (attempt.isReleased()) {
      return RELEASED;
    }
    return switch (attempt.phase()) {
      case SUCCEEDED -> SUCCEEDED;
      case TIMED_OUT -> TIMED_OUT;
      case CANCELED -> CANCELED;
      case FAILED -> failed(attempt, isRetried);
      case PENDING, QUEUED, WAITING_FOR_RESOURCES, INITIALIZING, RUNNING, PAUSED ->
          throw new IllegalArgumentException("an attempt that is " + attempt.phase());
    };
  }

  private static AttemptResult failed(Attempt attempt, boolean isRetried) {
    var failure = attempt.failure();
    if (failure != null && failure.kind() == RunFailure.Kind.LOST) {
      return LOST;
    }
    return isRetried ? RETRIED : FAILED;
  }
}
