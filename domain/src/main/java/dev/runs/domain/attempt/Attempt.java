package dev.runs.domain.attempt;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a run. Later attempts leave it as it was.
 *
 * <p>A run has a state, an attempt has a phase: phases may go back and forth while the run's state
 * only moves on.
 *
 * @param number counted from 1
 * @param endedAt null while it is live
 */
public record Attempt(
    RunId run, int number, StateName phase, Instant startedAt, @Nullable Instant endedAt) {

  /**
   * The attempt that a run is in, as the run's own state tells it. When a later attempt than the
   * first began, only the report tells that opened it; stores keep what they were told first.
   */
  public static Attempt currentOf(Run run) {
    return new Attempt(run.id(), run.attempt(), run.stateName(), startOf(run), run.endedAt());
  }

  private static Instant startOf(Run run) {
    if (run.attempt() > 1) {
      return run.updatedAt();
    }
    return run.startedAt() == null ? run.createdAt() : run.startedAt();
  }
}
