package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.QUEUE_DELAYED;
import static dev.runs.adapters.persistence.generated.Tables.QUEUE_READY;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.val;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.QueueDelayedRecord;
import dev.runs.adapters.persistence.generated.tables.records.QueueReadyRecord;
import dev.runs.application.queue.WaitingRuns;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.SelectForUpdateStep;
import org.jooq.impl.DSL;

/**
 * Keeps runs that are ready in the table {@code queue_ready}, and those whose time has not come in
 * {@code queue_delayed}. Both hold nothing else, so that a claim costs the same however many runs
 * there were before.
 *
 * <p>PostgreSQL keeps entries of its index as long as any session may still see their rows. There a
 * search begins at the first run that was seen before, and only now and then at the lowest.
 */
public final class JooqWaitingRuns implements WaitingRuns {

  private static final Comparator<Waiting> BY_LINE =
      Comparator.comparing(JooqWaitingRuns::line)
          .thenComparing(waiting -> -waiting.priority().value())
          .thenComparing(Waiting::readyAt)
          .thenComparing(Waiting::run);

  private final Database database;
  private final DatabaseClock clock;
  private final ReadyLines readyLines;
  private final KnownLines knownLines;
  private final LineFloors floors = new LineFloors();
  private final FullSearches fullSearches = new FullSearches();

  /**
   * @param clock where the database has none of its own
   */
  public JooqWaitingRuns(Database database, InstantSource clock) {
    this.database = database;
    this.clock = new DatabaseClock(database, clock);
    this.readyLines = new ReadyLines(database);
    this.knownLines = new KnownLines(database, floors);
  }

  @Override
  public void addAll(List<NewWaiting> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    var now = clock.instant();
    var ready = new ArrayList<QueueReadyRecord>();
    var delayed = new ArrayList<QueueDelayedRecord>();
    for (var one : waiting) {
      var readyAt =
          switch (one.readiness()) {
            case Readiness.Now _ -> now;
            case Readiness.At(var instant) -> instant;
            case Readiness.After(var delay) -> now.plus(delay);
          };
      var row = toRow(one.waiting(), readyAt);
      if (readyAt.isAfter(now)) {
        delayed.add(row.into(QUEUE_DELAYED));
      } else {
        ready.add(row);
      }
    }
    database.add(ready);
    database.add(delayed);
    isReady(ready);
  }

  /** What this node adds is seen at once. */
  private void isReady(List<QueueReadyRecord> rows) {
    floors.added(rows);
    knownLines.added(rows.stream().map(JooqWaitingRuns::lineOf).toList());
  }

  @Override
  public List<Line> linesWithReady(Reach reach, Set<Kind> kinds, int most) {
    return switch (database.dialect()) {
      case POSTGRES -> knownLines.find(reach, kinds, most, readyLines);
      case SQLITE -> readyLines.find(reach, kinds, most);
    };
  }

  @Override
  public List<Waiting> takeFirst(List<Wanted> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    var taken =
        switch (database.dialect()) {
          case POSTGRES -> takeBehindFloors(wanted);
          case SQLITE -> takeEach(wanted);
        };
    return taken.stream().map(JooqWaitingRuns::toWaiting).sorted(BY_LINE).toList();
  }

  private List<QueueReadyRecord> takeBehindFloors(List<Wanted> wanted) {
    var taken =
        fullSearches.isDue()
            ? takeFromTheLowest(wanted)
            : takeAtOnce(wanted, one -> floors.of(one.line()));
    if (taken.isEmpty()) {
      floors.forget(wanted.stream().map(Wanted::line).toList());
      taken = takeFromTheLowest(wanted);
    }
    floors.saw(taken);
    return taken;
  }

  private List<QueueReadyRecord> takeFromTheLowest(List<Wanted> wanted) {
    return fullSearches.measured(() -> takeAtOnce(wanted, _ -> LineFloors.Floor.LOWEST));
  }

  /** One statement for all lines. */
  private List<QueueReadyRecord> takeAtOnce(
      List<Wanted> wanted, Function<Wanted, LineFloors.Floor> floorOf) {
    var organization = field(name("wanted", "organization_id"), UUID.class);
    var project = field(name("wanted", "project"), String.class);
    var kind = field(name("wanted", "kind"), String.class);
    var most = field(name("wanted", "most"), Integer.class);
    var lines = wanted.stream().map(one -> toValues(one, floorOf.apply(one))).toArray(RowN[]::new);
    var first =
        database
            .dialect()
            .takeUntaken(
                first(organization, project, kind, KnownLines.isBehindFloor(QUEUE_READY), most))
            .asTable("first");
    return database
        .db()
        .select(first.fields())
        .from(
            DSL.values(lines)
                .as("wanted", "organization_id", "project", "kind", "rank", "ready_at", "most"))
        .crossJoin(lateral(first))
        .fetchInto(QUEUE_READY);
  }

  /** A statement for each line, for this database knows no query that depends on another's row. */
  private List<QueueReadyRecord> takeEach(List<Wanted> wanted) {
    var taken = new ArrayList<QueueReadyRecord>();
    for (var one : wanted) {
      var line = one.line();
      var first =
          first(
              val(line.organization().value(), QUEUE_READY.ORGANIZATION_ID),
              val(line.project().value()),
              val(line.kind().value()),
              noCondition(),
              val(one.most()));
      taken.addAll(database.db().fetch(first));
    }
    return taken;
  }

  private static SelectForUpdateStep<QueueReadyRecord> first(
      Field<UUID> organization,
      Field<String> project,
      Field<String> kind,
      Condition isWhere,
      Field<Integer> most) {
    return selectFrom(QUEUE_READY)
        .where(QUEUE_READY.ORGANIZATION_ID.eq(organization))
        .and(QUEUE_READY.PROJECT.eq(project))
        .and(QUEUE_READY.KIND.eq(kind))
        .and(isWhere)
        .orderBy(QUEUE_READY.RANK, QUEUE_READY.READY_AT, QUEUE_READY.RUN_ID)
        .limit(most);
  }

  private static RowN toValues(Wanted wanted, LineFloors.Floor floor) {
    var values = KnownLines.toValues(wanted.line(), floor);
    values.add(val(wanted.most()));
    return row(values);
  }

  @Override
  public Set<RunId> removeAll(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Set.of();
    }
    var db = database.db();
    var ids = runs.stream().map(RunId::value).collect(Collectors.toSet());
    var removed =
        new HashSet<>(
            db.deleteFrom(QUEUE_READY)
                .where(QUEUE_READY.RUN_ID.in(ids))
                .returning(QUEUE_READY.RUN_ID)
                .fetch(row -> new RunId(row.getRunId())));
    if (removed.size() < ids.size()) {
      removed.addAll(
          db.deleteFrom(QUEUE_DELAYED)
              .where(QUEUE_DELAYED.RUN_ID.in(ids))
              .returning(QUEUE_DELAYED.RUN_ID)
              .fetch(row -> new RunId(row.getRunId())));
    }
    return removed;
  }

  @Override
  public Set<Line> readyDue(int most) {
    var db = database.db();
    var query =
        db.selectFrom(QUEUE_DELAYED)
            .where(QUEUE_DELAYED.READY_AT.le(clock.now()))
            .orderBy(QUEUE_DELAYED.READY_AT)
            .limit(most);
    var due = database.dialect().takeUntaken(query).fetch(row -> toWaiting(row.into(QUEUE_READY)));
    if (due.isEmpty()) {
      return Set.of();
    }
    db.deleteFrom(QUEUE_DELAYED)
        .where(QUEUE_DELAYED.RUN_ID.in(due.stream().map(one -> one.run().value()).toList()))
        .execute();
    var ready = due.stream().map(one -> toRow(one, one.readyAt())).toList();
    database.add(ready);
    isReady(ready);
    return due.stream().map(JooqWaitingRuns::line).collect(Collectors.toSet());
  }

  private static QueueReadyRecord toRow(Waiting waiting, Instant readyAt) {
    var row = new QueueReadyRecord();
    row.setRunId(waiting.run().value());
    row.setOrganizationId(waiting.organization().value());
    row.setProject(waiting.project().value());
    row.setKind(waiting.kind().value());
    row.setRank(-waiting.priority().value());
    row.setReadyAt(readyAt);
    return row;
  }

  static Waiting toWaiting(QueueReadyRecord row) {
    return new Waiting(
        new RunId(row.getRunId()),
        new OrganizationId(row.getOrganizationId()),
        new Slug(row.getProject()),
        new Kind(row.getKind()),
        new Priority(-row.getRank()),
        row.getReadyAt());
  }

  static Line lineOf(QueueReadyRecord row) {
    return new Line(
        new OrganizationId(row.getOrganizationId()),
        new Slug(row.getProject()),
        new Kind(row.getKind()));
  }

  private static Line line(Waiting waiting) {
    return new Line(waiting.organization(), waiting.project(), waiting.kind());
  }
}
