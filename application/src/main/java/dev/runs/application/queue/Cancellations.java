package dev.runs.application.queue;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Subtrees that are being canceled: a mark, from which on no run is made or claimed below it, and a
 * sweep, which carries it down in small transactions and can begin again at any time.
 */
public interface Cancellations {

  /**
   * A subtree that is being canceled.
   *
   * @param reason why; nothing when nobody said so
   */
  record Cancellation(
      RunPath path,
      OrganizationId organization,
      Principal actor,
      Instant markedAt,
      Optional<String> reason) {

    /** One for which nobody gave a reason. */
    public Cancellation(
        RunPath path, OrganizationId organization, Principal actor, Instant markedAt) {
      this(path, organization, actor, markedAt, Optional.empty());
    }
  }

  /**
   * Marks the subtree of a run, once everybody who is making a run in it is done; marking it again
   * changes nothing. A run that has ended or is gone gets no mark.
   *
   * @return whether the subtree is marked now
   */
  boolean mark(Cancellation cancellation);

  /**
   * Which of these paths lie in a subtree that is being canceled, or below a run that is canceled.
   * No mark is set on a run of these paths before the transaction ends.
   */
  Set<RunPath> holdFrom(Collection<RunPath> paths);

  /** Which of these paths lie in a subtree that is being canceled. */
  Set<RunPath> markedAmong(Collection<RunPath> paths);

  /** The oldest cancellation that is not finished. */
  default Optional<Cancellation> next() {
    return next(Optional.empty(), 1).stream().findFirst();
  }

  /**
   * Cancellations that are not finished, the oldest first.
   *
   * @param after the one behind which to look; nothing to begin with the oldest
   * @param most how many, at least 1
   */
  List<Cancellation> next(Optional<Cancellation> after, int most);

  /**
   * Some runs of these subtrees that have not ended and whose workers were not asked to stop, each
   * once; in the order of their ids. A few statements for all subtrees of which nothing is left
   * below their own runs.
   *
   * @param subtrees at least one
   * @param most how many runs, at least 1
   */
  List<Run> untouched(List<RunPath> subtrees, int most);

  /**
   * Takes the marks away below which no run is live, in a few statements for all.
   *
   * @param subtrees at least one
   * @return those of these subtrees of which no run is live
   */
  Set<RunPath> finish(List<RunPath> subtrees);
}
