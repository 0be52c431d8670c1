package dev.runs.domain.attempt;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunState;
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
 * @param worker who executes it; null when a client does so elsewhere
 * @param failure why it failed; null when it did not
 * @param outputRef where its output lies; null when it has none
 * @param isReleased whether its worker gave it back without having done it
 */
public record Attempt(
    RunId run,
    int number,
    StateName phase,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String worker,
    @Nullable RunFailure failure,
    @Nullable String outputRef,
    boolean isReleased) {

  /**
   * The attempt that a run is in, as the run's own state tells it. When a later attempt than the
   * first began, only the report tells that opened it; stores keep what they were told first.
   */
  public static Attempt currentOf(Run run) {
    var failure = run.state() instanceof RunState.Failed(_, var why) ? why : null;
    return new Attempt(
        run.id(),
        run.attempt(),
        run.stateName(),
        startOf(run),
        run.endedAt(),
        null,
        failure,
        null,
        false);
  }

  /** The attempt that a worker has just begun. */
  public static Attempt begunBy(String worker, Run run, Instant now) {
    return new Attempt(
        run.id(), run.attempt(), run.stateName(), now, null, worker, null, null, false);
  }

  /** As it ended. */
  public Attempt ended(
      StateName how, @Nullable RunFailure why, @Nullable String output, Instant at) {
    return new Attempt(run, number, how, startedAt, at, worker, why, output, false);
  }

  /** As its worker gave it back. */
  public Attempt released(Instant at) {
    return new Attempt(run, number, phase, startedAt, at, worker, null, null, true);
  }

  private static Instant startOf(Run run) {
    if (run.attempt() > 1) {
      return run.updatedAt();
    }
    return run.startedAt() == null ? run.createdAt() : run.startedAt();
  }
}
