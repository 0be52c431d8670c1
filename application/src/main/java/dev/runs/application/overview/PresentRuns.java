package dev.runs.application.overview;

import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of an organization as they are at this moment, each question along an index. */
public interface PresentRuns {

  /**
   * How many runs are in each state. Runs that are being deleted count until they are gone.
   *
   * @param most up to how many of a state are counted, at least 1
   * @return every state
   */
  Map<StateName, Integer> count(Reach.Within reach, int most);

  /** The run that waits in the queue and was made first. */
  Optional<Run> oldestQueued(Reach.Within reach);

  /** The running run that started first. */
  Optional<Run> longestRunning(Reach.Within reach);

  /** The roots that failed or ran out of time, the last to end first. */
  List<Run> lastFailures(Reach.Within reach, int limit);
}
