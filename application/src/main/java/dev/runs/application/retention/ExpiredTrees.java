package dev.runs.application.retention;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Trees of runs whose time is over, and their removal. What they cost stays in the summaries: in
 * the transaction in which a line or a run goes, what it adds to them is written down.
 *
 * <p>A tree of one run goes in one step. A larger one is marked first, from when on nobody finds
 * its runs, and is then removed in steps, which can begin again at any time. A tree in which a run
 * is live, or in which somebody is deleting, is not touched.
 */
public interface ExpiredTrees {

  /**
   * Which trees are due.
   *
   * @param state of their roots, a terminal one
   * @param endedBefore the end of their roots lies before this
   */
  record Due(OrganizationId organization, StateName state, Instant endedBefore) {}

  /** The root of a tree that may be due. */
  record Root(RunPath path, Instant endedAt) {}

  /**
   * What became of some roots.
   *
   * @param gone those that were removed
   * @param larger those that have to be marked first
   * @param left those that were not looked at, for enough was removed
   */
  record Step(Removed removed, List<RunPath> gone, List<RunPath> larger, List<RunPath> left) {}

  /** A tree that is marked. */
  record Marked(OrganizationId organization, RunPath root) {}

  /** What an organization has lost since the audit log was told. */
  record Untold(OrganizationId organization, Removed removed) {}

  /**
   * Roots that are due, those first that ended first; without those that are marked already.
   *
   * @param after the root behind which to go on; nothing for the first page
   */
  List<Root> roots(Due due, Optional<Root> after, int limit);

  /**
   * Removes those of these roots that are still due and have nothing below them.
   *
   * @param roots as {@link #roots} found them
   * @param most how many of them at most, at least 1
   */
  Step removeSmall(Due due, List<RunPath> roots, int most);

  /**
   * Marks a tree, if it is still due and all in it is at rest.
   *
   * @return whether this has marked it; not when it was marked before
   */
  boolean mark(Due due, RunPath root, Instant now);

  /**
   * Some tree that is marked, the oldest mark first.
   *
   * @param only the organization in which to look; nothing for all
   */
  Optional<Marked> marked(Optional<OrganizationId> only);

  /**
   * Removes some of the deepest runs of a marked tree, or some of what hangs on them, and the mark
   * with the last of them.
   *
   * @param most how many runs at most, at least 1
   */
  Removed removeSome(Marked tree, int most);

  /**
   * What would go with those of these trees that are due and at rest.
   *
   * @param roots as {@link #roots} found them
   */
  Removed weigh(Due due, List<RunPath> roots);

  /** Some organization of which the audit log is to be told; it counts as told afterwards. */
  Optional<Untold> tell();
}
