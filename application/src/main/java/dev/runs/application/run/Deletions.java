package dev.runs.application.run;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Subtrees that are being deleted: a mark, which takes effect at once, and a sweep, which removes
 * what stands below it in small transactions and can begin again at any time.
 */
public interface Deletions {

  /** A subtree that is being deleted. */
  record Deletion(RunPath path, OrganizationId organization, Principal actor, Instant markedAt) {}

  /** A run that was removed, with the state it was removed in. */
  record Removed(RunPath path, StateName state) {}

  /** Marks the subtree of a run; marking it again changes nothing. */
  void mark(Deletion deletion);

  /** Some deletion that is not finished, the oldest first. */
  Optional<Deletion> next();

  /**
   * Removes some of the deepest runs of the subtree and everything that hangs on them, and writes
   * into the ledger what that takes from the runs above.
   *
   * @param most how many runs to remove, at least 1
   * @return the removed runs; none when nothing is left
   */
  List<Removed> removeDeepest(RunPath subtree, int most);

  /** Takes the mark away; called when nothing is left below it. */
  void finish(RunPath subtree);
}
