package dev.runs.application.lineage;

import dev.runs.domain.run.RunId;
import java.util.Optional;

/** Which runs are meant by the names that executors give them. A name goes with its run. */
public interface LineageRuns {

  /** Finds nothing when no event of such a run was heard. */
  Optional<RunId> find(LineageKey key);

  /**
   * Names a run that has no name yet.
   *
   * @throws Taken when another run has this name
   */
  void add(LineageKey key, RunId run);

  /** Two runs of one name; from the start again, the other one is found. */
  final class Taken extends RuntimeException {
    public Taken(Throwable cause) {
      super("a run of this name is there already", cause);
    }
  }
}
