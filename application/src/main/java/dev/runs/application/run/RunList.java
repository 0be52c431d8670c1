package dev.runs.application.run;

import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.util.List;
import java.util.Map;
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

    /** From the same run on, with this one as the last. */
    public Stretch through(RunId last) {
      var low = last.value().getLeastSignificantBits() + 1;
      var high = last.value().getMostSignificantBits() + (low == 0 ? 1 : 0);
      return new Stretch(from, Optional.of(new UUID(high, low)));
    }
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

  /** Of how many runs, at most, the states are looked at to count them. */
  int MOST_LOOKED_AT = 5_000;

  /**
   * How many runs there are, as far as was counted.
   *
   * @param isMore whether there are more than that, or may be
   */
  record Count(int number, boolean isMore) {

    /**
     * @param counted how many were met
     * @param mayBeMore whether not all were looked at
     */
    public static Count of(int counted, int cap, boolean mayBeMore) {
      return new Count(Math.min(counted, cap), counted > cap || mayBeMore);
    }
  }

  /**
   * How many of the runs that a filter means are in each state, whatever states the filter names.
   * States of none are absent. It is exact while the filter means no more than {@value
   * #MOST_LOOKED_AT} runs, or no more than so many are in a state; else it says that there may be
   * more.
   *
   * @param cap how far to count, 1 to {@value #MOST_LOOKED_AT}
   */
  Map<StateName, Count> countUpTo(Reach.Within reach, RunFilter filter, Stretch stretch, int cap);

  /** As above, wherever the runs lie. */
  default List<Run> byCreation(
      Reach.Within reach, RunFilter filter, Order order, Optional<RunId> after, int limit) {
    return byCreation(reach, filter, Stretch.WHOLE, order, after, limit);
  }
}
