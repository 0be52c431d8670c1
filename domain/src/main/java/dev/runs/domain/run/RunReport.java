package dev.runs.domain.run;

import java.time.Instant;
import java.util.Set;

/**
 * What somebody who executes a run elsewhere says of it.
 *
 * @param state the state the run is said to be in; a terminal one with its facts
 * @param alike the states that read as the same word on the surface that reports, {@code state}
 *     among them; a report of a state that reads like the present one changes nothing
 * @param attempt which attempt is spoken of; {@value #CURRENT_ATTEMPT} means the current one
 * @param reporter only an executor's report can open a further attempt
 */
public record RunReport(
    RunState state, Set<StateName> alike, int attempt, Reporter reporter, Instant at) {

  /** What a report gives as attempt that does not count attempts. */
  public static final int CURRENT_ATTEMPT = 0;

  /** Who reports. */
  public enum Reporter {
    /** A client that knows the run and no attempts. */
    CLIENT,
    /** An executor, which numbers its attempts. */
    EXECUTOR
  }

  public RunReport {
    alike = Set.copyOf(alike);
    if (!alike.contains(state.name())) {
      throw new IllegalArgumentException(state.name() + " does not read as itself in " + alike);
    }
    if (attempt < 0) {
      throw new IllegalArgumentException("an attempt is counted from 1, not " + attempt);
    }
  }

  /**
   * What a report of success becomes when what validated the run says no: a failure that nobody
   * retries.
   *
   * @param why for a person
   */
  public RunReport heldBack(String why) {
    var endedAt = state instanceof RunState.Terminal ended ? ended.endedAt() : at;
    var failed = new RunState.Failed(endedAt, new RunFailure(RunFailure.Kind.VERDICT, why));
    return new RunReport(failed, Set.of(StateName.FAILED), attempt, reporter, at);
  }

  /** A client's report on the current attempt. */
  public static RunReport byClient(RunState state, Set<StateName> alike, Instant at) {
    return new RunReport(state, alike, CURRENT_ATTEMPT, Reporter.CLIENT, at);
  }
}
