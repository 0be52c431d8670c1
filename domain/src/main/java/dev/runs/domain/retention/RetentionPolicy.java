package dev.runs.domain.retention;

import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a tree of runs is kept once its root has ended.
 *
 * @param succeededDays of roots that succeeded, {@value #FEWEST_DAYS} to {@value #MOST_DAYS};
 *     nothing for ever
 * @param otherDays of roots that ended otherwise, in the same bounds; nothing for ever
 */
public record RetentionPolicy(Optional<Integer> succeededDays, Optional<Integer> otherDays) {

  public static final int FEWEST_DAYS = 1;
  public static final int MOST_DAYS = 3_650;

  /** What holds where nobody said anything. */
  public static final RetentionPolicy USUAL = ofDays(30, 90);

  /**
   * @throws RetentionRejected.BadDays when a number of days lies outside the bounds
   */
  public RetentionPolicy {
    check("succeededDays", succeededDays);
    check("otherDays", otherDays);
  }

  public static RetentionPolicy ofDays(int succeeded, int other) {
    return new RetentionPolicy(Optional.of(succeeded), Optional.of(other));
  }

  /**
   * Before which end a root in this state makes its tree go.
   *
   * @param state a terminal one
   * @return nothing when such trees are kept for ever
   */
  public Optional<Instant> endedBefore(StateName state, Instant now) {
    return daysOf(state).map(days -> now.minus(Duration.ofDays(days)));
  }

  private Optional<Integer> daysOf(StateName state) {
    return switch (state) {
      case SUCCEEDED -> succeededDays;
      case FAILED, TIMED_OUT, CANCELED -> otherDays;
      case PENDING, QUEUED, WAITING_FOR_RESOURCES, INITIALIZING, RUNNING, PAUSED ->
          throw new IllegalArgumentException("a run that is " + state + " has not ended");
    };
  }

  private static void check(String field, Optional<Integer> days) {
    if (days.isPresent() && (days.get() < FEWEST_DAYS || days.get() > MOST_DAYS)) {
      throw new RetentionRejected.BadDays(field);
    }
  }
}
