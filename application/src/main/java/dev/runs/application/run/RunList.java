package dev.runs.application.run;

import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The runs of one organization, or of some of its projects, in order. Runs that are being deleted
 * are not among them.
 */
public interface RunList {

  /**
   * Latest start first; of two that started together, the later id first. A run that has not
   * started comes before those that have.
   *
   * @param limit 1 to 200
   * @param offset 0 to 100,000
   */
  List<Run> latestStartFirst(Reach.Within reach, RunFilter filter, int limit, int offset);

  /** In which order runs are listed by their ids, and so by their creation. */
  enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /**
   * Between which ids all runs lie that a filter means, so that no others are looked at.
   *
   * @param from included
   * @param before not included
   */
  record Stretch(Optional<UUID> from, Optional<UUID> before) {

    public static final Stretch WHOLE = new Stretch(Optional.empty(), Optional.empty());
  }

  /**
   * By id.
   *
   * @param after the run behind which to go on; nothing for the first page
   */
  List<Run> byCreation(
      Reach.Within reach,
      RunFilter filter,
      Stretch stretch,
      Order order,
      Optional<RunId> after,
      int limit);

  /** As above, wherever the runs lie. */
  default List<Run> byCreation(
      Reach.Within reach, RunFilter filter, Order order, Optional<RunId> after, int limit) {
    return byCreation(reach, filter, Stretch.WHOLE, order, after, limit);
  }
}
