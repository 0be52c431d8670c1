package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.QUEUE_READY;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.QueueReady;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Record4;
import org.jooq.Result;
import org.jooq.RowN;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines at which runs are ready, by skipping from the first run of one line to the first
 * run of the next along the index {@code queue_ready_line}: one probe for each line, however many
 * runs stand in it. Where only some kinds are wanted it skips from project to project instead, and
 * probes for each kind there.
 *
 * <p>A search that ends before it saw everything is gone on with the next time, so that each line
 * has its turn however many there are.
 */
final class ReadyLines {

  /** Where to look: what the columns of the index begin with. */
  private record Area(List<Object> beginning) {}

  private record Search(Area area, Set<Kind> kinds) {

    /** How many columns of the index tell one stop from the next: projects, or lines. */
    int columns() {
      return kinds.isEmpty() ? 3 : 2;
    }

    boolean hasOneStop() {
      return area.beginning().size() >= columns();
    }
  }

  /** A place in the order of the lines; without a kind where it stands for a whole project. */
  private record Stop(UUID organization, String project, @Nullable String kind) {

    static Stop of(Record4<Integer, UUID, String, String> found) {
      return new Stop(found.value2(), found.value3(), found.value4());
    }

    List<Field<?>> values() {
      return List.of(
          val(organization, NEXT.ORGANIZATION_ID),
          val(project, NEXT.PROJECT),
          val(kind, NEXT.KIND));
    }
  }

  /**
   * @param last the last stop, when there may be more behind it
   */
  private record Seen(List<Line> lines, Optional<Stop> last) {}

  private static final int MOST_UNFINISHED = 1_000;

  private static final Area EVERYWHERE = new Area(List.of());

  private static final QueueReady HERE = QUEUE_READY.as("here");
  private static final QueueReady NEXT = QUEUE_READY.as("next");
  private static final QueueReady READY = QUEUE_READY.as("ready");

  private static final Field<UUID> FIRST =
      field(name("stop", "first"), QUEUE_READY.RUN_ID.getDataType());
  private static final Field<Integer> NUMBER = field(name("stop", "number"), Integer.class);
  private static final Field<String> WANTED =
      field(name("wanted", "kind"), QUEUE_READY.KIND.getDataType());

  private final Database database;
  private final Map<Search, Stop> unfinished = new ConcurrentHashMap<>();

  ReadyLines(Database database) {
    this.database = database;
  }

  List<Line> find(Reach reach, Set<Kind> kinds, int most) {
    var lines = new LinkedHashSet<Line>();
    for (var area : areas(reach)) {
      lines.addAll(find(new Search(area, kinds), most));
    }
    return some(lines, most);
  }

  /** Whether the last search of this kind has seen everything. */
  boolean hasSeenAll(Reach reach, Set<Kind> kinds) {
    return areas(reach).stream().noneMatch(area -> unfinished.containsKey(new Search(area, kinds)));
  }

  /** How many runs are ready in a line, and since when the one is that is so for longest. */
  record Count(Kind kind, int ready, Instant oldest) {}

  /**
   * The first lines in their order, from the beginning each time.
   *
   * @param most how many lines, at least 1
   */
  List<Line> lines(Reach reach, int most) {
    return areas(reach).stream()
        .flatMap(area -> rows(new Search(area, Set.of()), Optional.empty(), most).stream())
        .map(ReadyLines::line)
        .limit(most)
        .toList();
  }

  /** As many lines as there are, up to a number. */
  int count(int most) {
    var stops = walk(new Search(EVERYWHERE, Set.of()), Optional.empty(), most);
    return database
        .db()
        .withRecursive(stops)
        .selectCount()
        .from(stops)
        .where(FIRST.isNotNull())
        .fetchSingle()
        .value1();
  }

  /**
   * Counts the first lines, from the beginning each time.
   *
   * @param most how many lines, at least 1
   * @param mostRuns up to how many runs of a line are counted, those that would be claimed first
   */
  List<Count> counts(Reach reach, int most, int mostRuns) {
    return areas(reach).stream()
        .flatMap(area -> counts(area, most, mostRuns).stream())
        .limit(most)
        .toList();
  }

  private List<Count> counts(Area area, int most, int mostRuns) {
    var stops = walk(new Search(area, Set.of()), Optional.empty(), most);
    var ready = field(select(DSL.count()).from(line(mostRuns)));
    var oldest = line(mostRuns);
    var since = field(select(DSL.min(oldest.field(QUEUE_READY.READY_AT))).from(oldest));
    return database
        .db()
        .withRecursive(stops)
        .select(HERE.KIND, ready, since)
        .from(stops)
        .join(HERE)
        .on(HERE.RUN_ID.eq(FIRST))
        .fetch(row -> new Count(new Kind(row.value1()), row.value2(), row.value3()));
  }

  private static Table<Record1<Instant>> line(int mostRuns) {
    return select(READY.READY_AT)
        .from(READY)
        .where(READY.ORGANIZATION_ID.eq(HERE.ORGANIZATION_ID))
        .and(READY.PROJECT.eq(HERE.PROJECT))
        .and(READY.KIND.eq(HERE.KIND))
        .orderBy(READY.RANK, READY.READY_AT)
        .limit(inline(mostRuns))
        .asTable("line");
  }

  private static List<Line> some(Collection<Line> lines, int most) {
    if (lines.size() <= most) {
      return List.copyOf(lines);
    }
    var some = new ArrayList<>(lines);
    Collections.shuffle(some, ThreadLocalRandom.current());
    return List.copyOf(some.subList(0, most));
  }

  private static List<Area> areas(Reach reach) {
    return switch (reach) {
      case Reach.Everywhere _ -> List.of(EVERYWHERE);
      case Reach.Within(var organization, var projects) when projects.isEmpty() ->
          List.of(new Area(List.of(organization.value())));
      case Reach.Within(var organization, var projects) ->
          projects.stream()
              .map(project -> new Area(List.of(organization.value(), project.value())))
              .toList();
    };
  }

  /** Goes on where it stopped, then from the beginning; and on until it has found something. */
  private Set<Line> find(Search search, int most) {
    var lines = new LinkedHashSet<Line>();
    var after = Optional.ofNullable(unfinished.remove(search));
    var isFromBeginning = after.isEmpty();
    while (true) {
      var seen = stops(search, after, most - lines.size());
      lines.addAll(seen.lines());
      after = seen.last();
      if (after.isEmpty() && !isFromBeginning && lines.size() < most) {
        isFromBeginning = true;
      } else if (after.isEmpty() || !lines.isEmpty()) {
        after.ifPresent(last -> remember(search, last));
        return lines;
      }
    }
  }

  private void remember(Search search, Stop last) {
    if (unfinished.size() >= MOST_UNFINISHED) {
      unfinished.clear();
    }
    unfinished.put(search, last);
  }

  /** Whole stops, as many as there is room for; of a stop that is too large, some lines. */
  private Seen stops(Search search, Optional<Stop> after, int most) {
    var stops =
        rows(search, after, most).stream()
            .collect(groupingBy(Record4::value1, TreeMap::new, toList()));
    var lines = new ArrayList<Line>();
    var last = Optional.<Stop>empty();
    for (var stop : stops.values()) {
      var here = stop.stream().filter(found -> found.value4() != null).map(ReadyLines::line);
      var some = some(here.toList(), most);
      if (lines.size() + some.size() > most) {
        return new Seen(lines, last);
      }
      lines.addAll(some);
      last = Optional.of(Stop.of(stop.getFirst()));
    }
    var isWhole = search.hasOneStop() || stops.size() < most;
    return new Seen(lines, isWhole ? Optional.empty() : last);
  }

  private Result<Record4<Integer, UUID, String, String>> rows(
      Search search, Optional<Stop> after, int most) {
    var stops = walk(search, after, most);
    var kind = search.kinds().isEmpty() ? HERE.KIND : WANTED;
    var found =
        database
            .db()
            .withRecursive(stops)
            .select(NUMBER, HERE.ORGANIZATION_ID, HERE.PROJECT, kind)
            .from(stops)
            .join(HERE)
            .on(HERE.RUN_ID.eq(FIRST));
    if (search.kinds().isEmpty()) {
      return found.fetch();
    }
    var kinds =
        search.kinds().stream().sorted().map(one -> row(List.of(one.value()))).toArray(RowN[]::new);
    return found
        .leftJoin(DSL.values(kinds).as("wanted", "kind"))
        .on(
            exists(
                selectOne()
                    .from(READY)
                    .where(READY.ORGANIZATION_ID.eq(HERE.ORGANIZATION_ID))
                    .and(READY.PROJECT.eq(HERE.PROJECT))
                    .and(READY.KIND.eq(WANTED))))
        .fetch();
  }

  /** The first run of each stop, counted from 1. */
  private static CommonTableExpression<Record2<UUID, Integer>> walk(
      Search search, Optional<Stop> after, int most) {
    var start =
        after
            .map(stop -> firstBehind(search, stop.values()))
            .orElseGet(() -> first(isIn(search.area())));
    return name("stop")
        .fields("first", "number")
        .as(
            select(start, inline(1))
                .unionAll(
                    select(firstBehind(search, columns(HERE)), NUMBER.plus(inline(1)))
                        .from(table(name("stop")))
                        .join(HERE)
                        .on(HERE.RUN_ID.eq(FIRST))
                        .where(NUMBER.lt(most))));
  }

  /**
   * The first run behind a place: first among those that differ from it in the last column only,
   * then in the one before. So each probe is one range of the index on both databases, which a
   * comparison of whole rows is not.
   */
  private static Field<UUID> firstBehind(Search search, List<Field<?>> place) {
    var probes = new ArrayList<Field<UUID>>();
    for (var column = search.columns() - 1; column >= search.area().beginning().size(); column--) {
      var condition = noCondition();
      for (var before = 0; before < column; before++) {
        condition = condition.and(isSame(columns(NEXT).get(before), place.get(before)));
      }
      probes.add(first(condition.and(isBehind(columns(NEXT).get(column), place.get(column)))));
    }
    return probes.isEmpty()
        ? inline((UUID) null, QUEUE_READY.RUN_ID)
        : coalesce(probes.getFirst(), probes.stream().skip(1).toArray(Field<?>[]::new));
  }

  private static Field<UUID> first(Condition condition) {
    return field(
        select(NEXT.RUN_ID)
            .from(NEXT)
            .where(condition)
            .orderBy(
                NEXT.ORGANIZATION_ID,
                NEXT.PROJECT,
                NEXT.KIND,
                NEXT.RANK,
                NEXT.READY_AT,
                NEXT.RUN_ID)
            .limit(inline(1)));
  }

  private static Condition isIn(Area area) {
    var condition = noCondition();
    for (var i = 0; i < area.beginning().size(); i++) {
      condition = condition.and(is(columns(NEXT).get(i), area.beginning().get(i)));
    }
    return condition;
  }

  private static List<Field<?>> columns(QueueReady table) {
    return List.of(table.ORGANIZATION_ID, table.PROJECT, table.KIND);
  }

  @SuppressWarnings("unchecked") // an area begins with values of the columns in their order
  private static <T> Condition is(Field<T> column, Object value) {
    return column.eq((T) value);
  }

  @SuppressWarnings("unchecked") // the same column of the same table, or a value of it
  private static <T> Condition isSame(Field<T> column, Field<?> other) {
    return column.eq((Field<T>) other);
  }

  @SuppressWarnings("unchecked") // as above
  private static <T> Condition isBehind(Field<T> column, Field<?> other) {
    return column.gt((Field<T>) other);
  }

  private static Line line(Record4<Integer, UUID, String, String> found) {
    return new Line(
        new OrganizationId(found.value2()), new Slug(found.value3()), new Kind(found.value4()));
  }
}
