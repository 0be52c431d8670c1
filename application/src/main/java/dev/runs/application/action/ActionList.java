package dev.runs.application.action;

import dev.runs.domain.access.Reach;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lists of roots and of the actions of one tree. Runs that are being deleted are in none. */
public interface ActionList {

  /** Whose actions. */
  sealed interface Among {

    /** The roots within a reach. */
    record Roots(Reach.Within reach) implements Among {}

    /** The actions of one tree, its root among them. */
    record OfTree(RunId root) implements Among {}
  }

  /** In which order. */
  sealed interface Order {

    /** What is live first, paused or not; then what has ended; each newest first. */
    record LiveFirst() implements Order {}

    /**
     * By some fields, one after the other; what is alike in all of them by id.
     *
     * @param keys 1 to {@value ListActions#MOST_SORTS}
     */
    record By(List<Key> keys) implements Order {
      public By {
        keys = List.copyOf(keys);
      }
    }

    /**
     * A field to sort by. What an action does not have comes first among texts and numbers, last
     * among moments, when ascending.
     */
    record Key(ActionField field, boolean isAscending) {}
  }

  /**
   * The place behind an action of a list.
   *
   * @param keys of its sort keys, as texts; of {@link Order.LiveFirst} whether it had ended
   */
  record Place(List<String> keys, RunId run) {
    public Place {
      keys = List.copyOf(keys);
    }
  }

  /** An action of a list and its place in it. */
  record Placed(ActionView action, Place place) {}

  /**
   * @param after nothing for the beginning
   * @param limit at least 1
   */
  List<Placed> list(
      Among among, List<ActionCriterion> criteria, Order order, Optional<Place> after, int limit);

  /**
   * The newest roots of a stretch of time.
   *
   * @param to not included; nothing for up to now
   */
  List<ActionView> newest(
      Reach.Within reach, String domain, Instant from, Optional<Instant> to, int limit);
}
