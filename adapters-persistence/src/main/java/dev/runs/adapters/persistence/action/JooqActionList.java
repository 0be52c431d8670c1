package dev.runs.adapters.persistence.action;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.RequestRejected;
import dev.runs.application.action.ActionCriterion;
import dev.runs.application.action.ActionField;
import dev.runs.application.action.ActionList;
import dev.runs.application.action.ActionValues;
import dev.runs.application.action.ActionView;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.StateName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;

/**
 * Lists actions. Roots come along {@code run_root_newest} and {@code run_by_state}, the actions of
 * a tree along {@code run_name}, unless another order is asked for.
 */
public final class JooqActionList implements ActionList {

  /** Stands for the end of what has not ended. */
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final String LIVE = "0";
  private static final String ENDED = "1";

  private final ActionQuery query;

  public JooqActionList(Database database) {
    this.query = new ActionQuery(database);
  }

  /** A sort key in SQL: what is compared, and how a value of it is written and read. */
  private record SortKey<T>(
      Field<T> field,
      boolean isAscending,
      Function<ActionView, String> write,
      Function<String, T> read) {

    SortField<T> order() {
      return isAscending ? field.asc() : field.desc();
    }

    Condition isBehind(String value) {
      return isAscending ? field.gt(read.apply(value)) : field.lt(read.apply(value));
    }

    Condition is(String value) {
      return field.eq(read.apply(value));
    }
  }

  @Override
  public List<Placed> list(
      Among among, List<ActionCriterion> criteria, Order order, Optional<Place> after, int limit) {
    var all =
        whose(among).and(isNotBeingDeleted()).and(new ActionConditions(query, among).all(criteria));
    return switch (order) {
      case Order.LiveFirst() -> liveFirst(among, all, after, limit);
      case Order.By(var keys) -> sorted(among, all, keys, after, limit);
    };
  }

  private static Condition whose(Among among) {
    return switch (among) {
      case Among.Roots(var reach) -> isWithin(reach).and(RUN.PARENT_ID.isNull());
      case Among.OfTree(var root) ->
          or(RUN.ID.eq(root.value()), RUN.ROOT_ID.eq(root.value()).and(RUN.PARENT_ID.isNotNull()));
    };
  }

  // ---- what is live first

  private List<Placed> liveFirst(Among among, Condition all, Optional<Place> after, int limit) {
    var isInEnded = after.filter(place -> place.keys().equals(List.of(ENDED))).isPresent();
    var found = new ArrayList<Placed>();
    if (!isInEnded) {
      live(among, all.and(isOlder(after)), limit)
          .forEach(view -> found.add(new Placed(view, new Place(List.of(LIVE), view.run().id()))));
    }
    if (found.size() < limit) {
      var ended = all.and(RUN.ENDED_AT.isNotNull()).and(isInEnded ? isOlder(after) : noCondition());
      newestFirst(ended, limit - found.size())
          .forEach(view -> found.add(new Placed(view, new Place(List.of(ENDED), view.run().id()))));
    }
    return found;
  }

  /** Of roots each state by itself, along its index; there may be few among many that ended. */
  private List<ActionView> live(Among among, Condition all, int limit) {
    if (among instanceof Among.OfTree) {
      return newestFirst(all.and(RUN.ENDED_AT.isNull()), limit);
    }
    return Arrays.stream(StateName.values())
        .filter(StateName::isLive)
        .flatMap(state -> newestFirst(all.and(RUN.STATE.eq(state.wireName())), limit).stream())
        .sorted(Comparator.comparing((ActionView view) -> view.run().id()).reversed())
        .limit(limit)
        .toList();
  }

  private List<ActionView> newestFirst(Condition all, int limit) {
    return query.views(query.select(false).where(all).orderBy(RUN.ID.desc()).limit(limit).fetch());
  }

  private static Condition isOlder(Optional<Place> after) {
    return after.map(place -> RUN.ID.lt(place.run().value())).orElse(noCondition());
  }

  // ---- any order

  private List<Placed> sorted(
      Among among, Condition all, List<Order.Key> keys, Optional<Place> after, int limit) {
    var isAscending = keys.getLast().isAscending();
    var sorts = keys.stream().<SortKey<?>>map(key -> sortKey(key)).toList();
    var isById =
        among instanceof Among.Roots
            && keys.size() == 1
            && keys.getFirst().field() == ActionField.CREATED_AT;
    var compared = isById ? List.<SortKey<?>>of() : sorts;
    var orders = new ArrayList<SortField<?>>();
    compared.forEach(sort -> orders.add(sort.order()));
    orders.add(isAscending ? RUN.ID.asc() : RUN.ID.desc());
    var rows =
        query
            .select(false)
            .where(all)
            .and(after.map(place -> isBehind(place, compared, isAscending)).orElse(noCondition()))
            .orderBy(orders)
            .limit(limit)
            .fetch();
    return query.views(rows).stream()
        .map(view ->
            new Placed(
                view,
                new Place(
                    sorts.stream().map(sort -> sort.write().apply(view)).toList(),
                    view.run().id())))
        .toList();
  }

  private static Condition isBehind(Place place, List<SortKey<?>> sorts, boolean isAscending) {
    try {
      Condition behind = falseCondition();
      Condition alike = noCondition();
      for (var i = 0; i < sorts.size(); i++) {
        var value = place.keys().get(i);
        behind = behind.or(alike.and(sorts.get(i).isBehind(value)));
        alike = alike.and(sorts.get(i).is(value));
      }
      var id = place.run().value();
      return behind.or(alike.and(isAscending ? RUN.ID.gt(id) : RUN.ID.lt(id)));
    } catch (NumberFormatException | DateTimeException e) {
      throw new RequestRejected.BadCursor();
    }
  }

  private SortKey<?> sortKey(Order.Key key) {
    var field = key.field();
    return switch (field.kind()) {
      case TEXT, TYPE ->
          new SortKey<>(
              coalesce(ActionQuery.text(field), inline("")),
              key.isAscending(),
              view -> ActionValues.text(field, view).orElse(""),
              value -> value);
      case NUMBER, PHASE ->
          new SortKey<>(
              coalesce(query.number(field), inline(-1L)),
              key.isAscending(),
              view -> Long.toString(ActionValues.number(field, view).orElse(-1L)),
              Long::valueOf);
      case INSTANT ->
          new SortKey<>(
              field == ActionField.ENDED_AT
                  ? when(RUN.ENDED_AT.isNull(), val(NEVER, RUN.ENDED_AT)).otherwise(RUN.ENDED_AT)
                  : ActionQuery.instant(field),
              key.isAscending(),
              view -> ActionValues.instant(field, view).orElse(NEVER).toString(),
              Instant::parse);
    };
  }

  @Override
  public List<ActionView> newest(
      Reach.Within reach, String domain, Instant from, Optional<Instant> to, int limit) {
    var rows =
        query
            .select(false)
            .where(isWithin(reach))
            .and(RUN.PARENT_ID.isNull())
            .and(RUN.DOMAIN.eq(domain))
            .and(RUN.CREATED_AT.ge(from))
            .and(to.map(RUN.CREATED_AT::lt).orElse(noCondition()))
            .and(isNotBeingDeleted())
            .orderBy(RUN.ID.desc())
            .limit(limit)
            .fetch();
    return query.views(rows);
  }
}
