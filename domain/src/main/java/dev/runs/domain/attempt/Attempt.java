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

  /** The attempt that a run is in, as the run's own state tells it. */
  public static Attempt currentOf(Run run) {
    var started = run.startedAt() == null ? run.createdAt() : run.startedAt();
    return new Attempt(run.id(), run.attempt(), run.stateName(), started, run.endedAt());
  }
}
