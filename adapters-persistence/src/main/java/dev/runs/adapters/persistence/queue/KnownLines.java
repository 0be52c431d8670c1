package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.QUEUE_READY;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.QueueReady;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.impl.DSL;

/**
 * The lines at which something was ready at the last search, and those at which this node has added
 * something since: in between only these are looked at, each from its floor on.
 */
final class KnownLines {

  private record Asked(Reach reach, Set<Kind> kinds) {}

  /**
   * @param lines what the last full search has found
   * @param searches when the next one is due
   */
  private record Answer(List<Line> lines, FullSearches searches) {}

  private static final int MOST_QUESTIONS = 1_000;
  private static final int MOST_ADDED = 256;
  private static final String KNOWN = "wanted";

  private final Database database;
  private final LineFloors floors;
  private final Map<Asked, Answer> answers = new ConcurrentHashMap<>();
  private final Set<Line> added = ConcurrentHashMap.newKeySet();

  KnownLines(Database database, LineFloors floors) {
    this.database = database;
    this.floors = floors;
  }

  /** Lines at which this node makes something ready. */
  void added(Collection<Line> lines) {
    if (added.size() > MOST_ADDED) {
      added.clear();
    }
    added.addAll(lines);
  }

  /**
   * @param all finds all there are, whether known or not; where there are too many to be known,
   *     each time some others
   */
  List<Line> find(Reach reach, Set<Kind> kinds, int most, ReadyLines all) {
    var asked = new Asked(reach, kinds);
    var before = answers.get(asked);
    if (before == null || before.searches().isDue()) {
      var searches = before == null ? new FullSearches() : before.searches();
      var lines = searches.measured(() -> all.find(reach, kinds, most));
      if (all.hasSeenAll(reach, kinds) && lines.size() < most) {
        remember(asked, new Answer(lines, searches));
      } else {
        answers.remove(asked);
      }
      return lines;
    }
    var known = new LinkedHashSet<>(before.lines());
    added.stream().filter(line -> isWanted(line, asked)).forEach(known::add);
    return withReady(known, most);
  }

  private void remember(Asked asked, Answer answer) {
    if (answers.size() >= MOST_QUESTIONS) {
      answers.clear();
    }
    answers.put(asked, answer);
  }

  private static boolean isWanted(Line line, Asked asked) {
    return asked.reach().includes(line.organization(), line.project())
        && (asked.kinds().isEmpty() || asked.kinds().contains(line.kind()));
  }

  private List<Line> withReady(Collection<Line> known, int most) {
    if (known.isEmpty()) {
      return List.of();
    }
    var organization = field(name(KNOWN, "organization_id"), UUID.class);
    var project = field(name(KNOWN, "project"), String.class);
    var kind = field(name(KNOWN, "kind"), String.class);
    var values =
        known.stream().map(line -> row(toValues(line, floors.of(line)))).toArray(RowN[]::new);
    var first =
        select(inline(1).as("one"))
            .from(QUEUE_READY)
            .where(QUEUE_READY.ORGANIZATION_ID.eq(organization))
            .and(QUEUE_READY.PROJECT.eq(project))
            .and(QUEUE_READY.KIND.eq(kind))
            .and(isBehindFloor(QUEUE_READY))
            .orderBy(QUEUE_READY.RANK, QUEUE_READY.READY_AT, QUEUE_READY.RUN_ID)
            .limit(inline(1))
            .asTable("first");
    return database
        .db()
        .select(organization, project, kind)
        .from(
            DSL.values(values).as(KNOWN, "organization_id", "project", "kind", "rank", "ready_at"))
        .crossJoin(lateral(first))
        .limit(most)
        .fetch(found ->
            new Line(
                new OrganizationId(found.value1()),
                new Slug(found.value2()),
                new Kind(found.value3())));
  }

  /**
   * The columns of a line and of its floor, to stand in a table of values named {@value #KNOWN}.
   */
  static List<Field<?>> toValues(Line line, LineFloors.Floor floor) {
    return new ArrayList<>(
        Stream.<Field<?>>of(
                val(line.organization().value(), QUEUE_READY.ORGANIZATION_ID),
                val(line.project().value(), QUEUE_READY.PROJECT),
                val(line.kind().value(), QUEUE_READY.KIND),
                val(floor.rank(), QUEUE_READY.RANK),
                val(floor.readyAt(), QUEUE_READY.READY_AT))
            .toList());
  }

  /** One range of the index, together with the line. */
  static Condition isBehindFloor(QueueReady table) {
    return row(table.RANK, table.READY_AT)
        .ge(
            field(name(KNOWN, "rank"), QUEUE_READY.RANK.getDataType()),
            field(name(KNOWN, "ready_at"), QUEUE_READY.READY_AT.getDataType()));
  }
}
