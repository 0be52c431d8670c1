package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.run.RunConditions.Part;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.SortOrder;

/**
 * Lists runs, each list along an index that begins with the organization.
 *
 * <p>When a filter has several parts, it is first counted, up to {@value #FEW}, how many runs each
 * of them means. A part that means few finds the runs, which are then put in order. When all mean
 * many, the list goes along the order and leaves out what is not meant.
 */
public final class JooqRunList implements RunList {

  /** So many runs are read and put in order at once. */
  private static final int FEW = 1_000;

  private final Database database;

  public JooqRunList(Database database) {
    this.database = database;
  }

  @Override
  public List<Run> latestStartFirst(Reach.Within reach, RunFilter filter, int limit, int offset) {
    var conditions = new RunConditions(reach, filter);
    var parts = conditions.parts();
    parts.remove(Part.ROOTS);
    var way = fewest(conditions, parts).orElse(Way.ALONG_THE_ORDER);
    return database
        .db()
        .selectFrom(RUN)
        .where(way.condition(conditions))
        .and(isNotBeingDeleted())
        .orderBy(
            database.dialect().latestFirst(way.ordering(RUN.STARTED_AT)),
            way.ordering(RUN.ID).desc())
        .limit(limit)
        .offset(offset)
        .fetch(RunRows::toRun);
  }

  @Override
  public List<Run> byCreation(
      Reach.Within reach,
      RunFilter filter,
      Stretch stretch,
      Order order,
      Optional<RunId> after,
      int limit) {
    var isNewestFirst = order == Order.NEWEST_FIRST;
    var conditions = new RunConditions(reach, filter);
    var way = wayById(conditions);
    return database
        .db()
        .selectFrom(RUN)
        .where(way.condition(conditions))
        .and(within(stretch))
        .and(
            after
                .map(id -> isNewestFirst ? RUN.ID.lt(id.value()) : RUN.ID.gt(id.value()))
                .orElse(noCondition()))
        .and(isNotBeingDeleted())
        .orderBy(way.ordering(RUN.ID).sort(isNewestFirst ? SortOrder.DESC : SortOrder.ASC))
        .limit(limit)
        .fetch(RunRows::toRun);
  }

  /** How many runs are meant, counted no further than to {@code most}. */
  public int countMeant(Reach.Within reach, RunFilter filter, Stretch stretch, int most) {
    var conditions = new RunConditions(reach, filter);
    return database
        .db()
        .fetchCount(
            select(inline(1))
                .from(RUN)
                .where(wayById(conditions).condition(conditions))
                .and(within(stretch))
                .and(isNotBeingDeleted())
                .limit(most));
  }

  @Override
  public Map<StateName, Count> countUpTo(
      Reach.Within reach, RunFilter filter, Stretch stretch, int cap) {
    var inAnyState = filter.in(Set.of());
    var newest = newest(new RunConditions(reach, inAnyState), stretch);
    var looked = newest.values().stream().mapToInt(Integer::intValue).sum();
    var counts = new EnumMap<StateName, Count>(StateName.class);
    newest.forEach((state, number) -> counts.put(state, Count.of(number, cap, false)));
    if (looked > MOST_LOOKED_AT) {
      var conditions = new RunConditions(reach, inAnyState);
      for (var state : ofEachState(conditions, stretch, cap)) {
        var name = StateName.ofWireName(state.value1()).orElseThrow();
        var number = Math.max(state.value3(), newest.getOrDefault(name, 0));
        var wasCut = state.value2() >= mostLookedAt(conditions, stretch, name, cap);
        counts.put(name, Count.of(number, cap, wasCut));
      }
    }
    counts.values().removeIf(count -> count.number() == 0 && !count.isMore());
    return counts;
  }

  /** How many of the newest runs that are meant are in which state. */
  private Map<StateName, Integer> newest(RunConditions conditions, Stretch stretch) {
    var way = wayById(conditions);
    var newest =
        select(RUN.STATE)
            .from(RUN)
            .where(way.condition(conditions))
            .and(within(stretch))
            .and(isNotBeingDeleted())
            .orderBy(way.ordering(RUN.ID).desc())
            .limit(MOST_LOOKED_AT + 1)
            .asTable("newest");
    var state = newest.field(RUN.STATE);
    return database
        .db()
        .select(state, count())
        .from(newest)
        .groupBy(state)
        .fetchMap(row -> StateName.ofWireName(row.value1()).orElseThrow(), Record2::value2);
  }

  /** State by state: how many runs in it were looked at, and how many of them are meant. */
  private List<Record3<String, Integer, Integer>> ofEachState(
      RunConditions conditions, Stretch stretch, int cap) {
    var isMeant = conditions.all(Set.of(), false).and(within(stretch)).and(isNotBeingDeleted());
    return Arrays.stream(StateName.values())
        .<Select<Record3<String, Integer, Integer>>>map(state ->
            select(inline(state.wireName()), count(), count(when(isMeant, inline(1))))
                .from(
                    select(RUN.fields())
                        .from(RUN)
                        .where(conditions.inOrganization())
                        .and(conditions.ofStates(Set.of(state), true))
                        .limit(mostLookedAt(conditions, stretch, state, cap))
                        .asTable(RUN.getName())))
        .reduce(Select::unionAll)
        .map(union -> database.db().fetch(union))
        .orElseThrow();
  }

  /** Where the state is all that is asked for, hardly more is looked at than is counted. */
  private static int mostLookedAt(
      RunConditions conditions, Stretch stretch, StateName state, int cap) {
    return conditions.isByStateAlone(state) && stretch.equals(Stretch.WHOLE)
        ? cap + 1
        : Math.max(cap + 1, MOST_LOOKED_AT);
  }

  private static Condition within(Stretch stretch) {
    return stretch
        .from()
        .map(RUN.ID::ge)
        .orElse(noCondition())
        .and(stretch.before().map(RUN.ID::lt).orElse(noCondition()));
  }

  /**
   * How the runs of a list are found.
   *
   * @param byIndex the parts that an index finds
   * @param isFew whether what is found is put in order afterwards
   * @param ids all runs that a search can mean; nothing when they are too many, or none is asked
   *     for
   */
  private record Way(Set<Part> byIndex, boolean isFew, Optional<Set<UUID>> ids) {

    static final Way ALONG_THE_ORDER = new Way(Set.of(), false, Optional.empty());

    /** Along the index of a part, in which the runs lie in order. */
    static Way along(Part part) {
      return new Way(Set.of(part), false, Optional.empty());
    }

    static Way byFew(Part part) {
      return new Way(Set.of(part), true, Optional.empty());
    }

    static Way byFew(Set<UUID> ids) {
      return new Way(Set.of(), true, Optional.of(ids));
    }

    /** Wrapped, so that no index that lies in this order is taken for it. */
    <T> Field<T> ordering(Field<T> column) {
      return isFew ? coalesce(column, column) : column;
    }

    Condition condition(RunConditions conditions) {
      return conditions
          .all(byIndex, byIndex.isEmpty() && !isFew)
          .and(ids.map(Way::isAmong).orElse(noCondition()));
    }

    private static Condition isAmong(Set<UUID> ids) {
      return ids.isEmpty() ? falseCondition() : RUN.ID.in(ids);
    }
  }

  /** For a list in the order of the ids. */
  private Way wayById(RunConditions conditions) {
    if (conditions.filter().searchedId().isPresent()) {
      return Way.ALONG_THE_ORDER;
    }
    var parts = conditions.parts();
    if (parts.size() == 1 && conditions.isInOrder(parts.iterator().next())) {
      return Way.along(parts.iterator().next());
    }
    return fewest(conditions, parts).orElseGet(() -> inOrder(conditions, parts));
  }

  /** Where each part means many: most runs succeed, so any other state leaves out the most. */
  private static Way inOrder(RunConditions conditions, Set<Part> parts) {
    if (conditions.isOfOneStateThatFewRunsKeep()) {
      return Way.along(Part.STATES);
    }
    if (parts.contains(Part.ROOTS)) {
      return Way.along(Part.ROOTS);
    }
    return parts.stream()
        .filter(conditions::isInOrder)
        .findFirst()
        .map(Way::along)
        .orElse(Way.ALONG_THE_ORDER);
  }

  /** By the part that means the fewest runs; nothing when all mean many. */
  private Optional<Way> fewest(RunConditions conditions, Set<Part> parts) {
    var counted = EnumSet.noneOf(Part.class);
    counted.addAll(parts);
    if (counted.remove(Part.BEGINNING)) {
      var ids = searched(conditions);
      if (ids.isPresent()) {
        return ids.map(Way::byFew);
      }
    }
    return counted.stream()
        .<Select<Record2<String, Integer>>>map(part -> upToMany(conditions, part))
        .reduce(Select::unionAll)
        .flatMap(union ->
            database.db().fetch(union).stream()
                .filter(row -> row.value2() <= FEW)
                .min((one, other) -> one.value2().compareTo(other.value2())))
        .map(row -> Way.byFew(Part.valueOf(row.value1())));
  }

  private static Select<Record2<String, Integer>> upToMany(RunConditions conditions, Part part) {
    return select(inline(part.name()), count())
        .from(
            select(inline(1).as("one"))
                .from(RUN)
                .where(conditions.inOrganization())
                .and(conditions.of(part, true))
                .limit(FEW + 1)
                .asTable("found"));
  }

  /** The runs whose name or task begins as is searched for; nothing when they are many. */
  private Optional<Set<UUID>> searched(RunConditions conditions) {
    var found = new HashSet<UUID>();
    for (var column : List.of(RUN.NAME, RUN.TASK)) {
      var ids =
          database
              .db()
              .select(RUN.ID)
              .from(RUN)
              .where(conditions.inOrganization())
              .and(conditions.begins(column))
              .limit(FEW + 1)
              .fetch(RUN.ID);
      if (ids.size() > FEW) {
        return Optional.empty();
      }
      found.addAll(ids);
    }
    return Optional.of(found);
  }
}
