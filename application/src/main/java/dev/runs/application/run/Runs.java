package dev.runs.application.run;

import dev.runs.domain.access.Reach;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All runs there are. A run in a subtree that is marked for deletion is there no more for anybody
 * who asks here.
 */
public interface Runs {

  /** Finds nothing when the run is beyond the caller's reach. */
  Optional<Run> find(Reach reach, RunId id);

  /** Those of them that are within reach, by id; in one query. */
  Map<RunId, Run> findAll(Reach reach, Collection<RunId> ids);

  /**
   * Adds new runs, parents before their children, and the first attempt of each that has one.
   *
   * @throws RunRejected.ParentNotFound when a parent was deleted meanwhile
   * @throws NameTaken when a run of the same name stands in the same place
   */
  void addAll(List<Run> runs);

  /**
   * Replaces the stored run, and the record of its current attempt, by this later version of it.
   *
   * @throws RunRejected.ChangedMeanwhile when the stored run is not the version right before this
   *     one
   */
  void save(Run run);

  /**
   * Replaces stored runs by these later versions of them, and writes these attempts in the place of
   * those of the same number; in a few statements for all.
   *
   * @throws RunRejected.ChangedMeanwhile when a stored run is not the version right before its own
   */
  void saveAll(List<Run> runs, List<Attempt> attempts);

  default Run get(Reach reach, RunId id) {
    return find(reach, id).orElseThrow(RunRejected.NotFound::new);
  }

  /** Two runs of one name in one place; the caller chooses another name. */
  final class NameTaken extends RuntimeException {
    public NameTaken(Throwable cause) {
      super("a run of this name stands in the same place", cause);
    }
  }
}
