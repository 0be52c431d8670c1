package dev.runs.application.run;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.List;
import java.util.Optional;

/** The runs below a run. */
public interface RunTree {

  /**
   * Level by level, from the children down; within a level in the order of the paths.
   *
   * @param after the path behind which to go on; nothing for the first page
   * @param levels how many levels below the run to visit, at least 1
   */
  List<Run> below(RunPath run, Optional<RunPath> after, int levels, int limit);

  /** Which of the children of a run failed or timed out first; nothing when none did. */
  Optional<Run> firstFailedBelow(RunId parent);
}
