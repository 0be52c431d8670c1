package dev.runs.application.run;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunPath;
import java.time.Instant;
import java.util.Optional;

/**
 * Subtrees that are being deleted: a mark, which takes effect at once, and a sweep, which removes
 * what stands below it in small transactions and can begin again at any time.
 */
public interface Deletions {

  /** A subtree that is being deleted. */
  record Deletion(RunPath path, OrganizationId organization, Principal actor, Instant markedAt) {}

  /**
   * Marks the subtree of a run; marking it again changes nothing.
   *
   * @throws dev.runs.domain.run.RunRejected.NotFound when the run was removed meanwhile, or its
   *     tree is being removed for its age
   */
  void mark(Deletion deletion);

  /** Some deletion that is not finished, the oldest first. */
  Optional<Deletion> next();

  /**
   * Removes some of the deepest runs of the subtree and everything that hangs on them, and writes
   * into the ledger what that takes from the runs above.
   *
   * @param most how many runs, or rows that hang on them, to remove, at least 1
   * @return whether nothing is left of the subtree
   * @throws ChildMeanwhile when a run was made below one of them at that moment; to be tried again
   */
  boolean removeSome(RunPath subtree, int most);

  /** Takes the mark away; called when nothing is left below it. */
  void finish(RunPath subtree);

  /** A run that was being made when the mark was set, and has come in since. */
  final class ChildMeanwhile extends RuntimeException {
    public ChildMeanwhile(Throwable cause) {
      super("a run was made under one that is being deleted", cause);
    }
  }
}
