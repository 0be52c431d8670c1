package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.KIND_ACTIVITY;
import static dev.runs.adapters.persistence.generated.Tables.KIND_POLICY;
import static dev.runs.adapters.persistence.generated.Tables.QUEUE_DELAYED;
import static dev.runs.adapters.persistence.generated.Tables.QUEUE_READY;
import static dev.runs.adapters.persistence.generated.Tables.RUN_LEASE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.DistinctNames;
import dev.runs.adapters.persistence.generated.tables.records.QueueReadyRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunLeaseRecord;
import dev.runs.application.queue.Amount;
import dev.runs.application.queue.QueueContents;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RowN;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Reads what stands in the tables of the queue along their indexes. */
public final class JooqQueueContents implements QueueContents {

  /** At how many lines is looked. */
  private static final int MOST_LINES = 1_000;

  /** At how many lines of one kind is looked for its first runs. */
  private static final int MOST_LINES_OF_A_KIND = 20;

  private static final Comparator<Waiting> BY_TURN =
      Comparator.comparing((Waiting waiting) -> -waiting.priority().value())
          .thenComparing(Waiting::readyAt)
          .thenComparing(Waiting::run);

  private static final Field<String> WANTED =
      field(name("wanted", "kind"), QUEUE_READY.KIND.getDataType());

  private final Database database;
  private final ReadyLines readyLines;
  private final DistinctNames names;
  private final int mostLeases;

  public JooqQueueContents(Database database) {
    this(database, MOST_LEASES);
  }

  /**
   * @param mostLeases among which workers are looked for
   */
  JooqQueueContents(Database database, int mostLeases) {
    this.database = database;
    this.mostLeases = mostLeases;
    this.readyLines = new ReadyLines(database);
    this.names = new DistinctNames(database);
  }

  @Override
  public List<KindLoad> loads(Reach.Within reach, Optional<Kind> after, int limit) {
    var behind = after.map(Kind::value);
    var found = new TreeSet<>(DistinctNames.ORDER);
    var lines = readyLines.lines(reach, MOST_LINES);
    lines.stream()
        .map(line -> line.kind().value())
        .filter(
            kind -> behind.map(last -> DistinctNames.ORDER.compare(kind, last) > 0).orElse(true))
        .forEach(found::add);
    found.addAll(names.find(QUEUE_DELAYED, QUEUE_DELAYED.KIND, isDelayedOf(reach), behind, limit));
    found.addAll(names.find(RUN_LEASE, RUN_LEASE.KIND, isLeaseOf(reach), behind, limit));
    found.addAll(names.find(KIND_ACTIVITY, KIND_ACTIVITY.KIND, isActivityOf(reach), behind, limit));
    found.addAll(
        names.find(
            KIND_POLICY,
            KIND_POLICY.KIND,
            KIND_POLICY.ORGANIZATION_ID.eq(reach.organization().value()),
            behind,
            limit));
    // what is no kind was counted by an earlier version
    var kinds = found.stream().filter(Kind::fits).limit(limit).map(Kind::new).toList();
    return loads(reach, kinds, lines);
  }

  @Override
  public KindLoad load(Reach.Within reach, Kind kind) {
    return loads(reach, List.of(kind), readyLines.lines(reach, MOST_LINES)).getFirst();
  }

  private List<KindLoad> loads(Reach.Within reach, List<Kind> kinds, List<Line> lines) {
    if (kinds.isEmpty()) {
      return List.of();
    }
    var most = share(kinds.size());
    var delayed =
        counts(QUEUE_DELAYED, isDelayedOf(reach).and(QUEUE_DELAYED.KIND.eq(WANTED)), kinds, most);
    var running = counts(RUN_LEASE, isLeaseOf(reach).and(RUN_LEASE.KIND.eq(WANTED)), kinds, most);
    var ready = new HashMap<Kind, Amount>();
    var oldest = new HashMap<Kind, Instant>();
    var mostInLine = share(lines.size());
    for (var one : readyLines.counts(reach, MOST_LINES, mostInLine + 1)) {
      ready.merge(one.kind(), Amount.upTo(mostInLine, one.ready()), Amount::plus);
      oldest.merge(one.kind(), one.oldest(), (a, b) -> a.isBefore(b) ? a : b);
    }
    var isAll = lines.size() < MOST_LINES;
    return kinds.stream()
        .map(kind ->
            new KindLoad(
                kind,
                ready.getOrDefault(kind, Amount.NONE).plus(new Amount(0, isAll)),
                delayed.getOrDefault(kind, Amount.NONE),
                running.getOrDefault(kind, Amount.NONE),
                Optional.ofNullable(oldest.get(kind))))
        .toList();
  }

  private static int share(int parts) {
    return Math.min(MOST_OF_A_KIND, MOST_COUNTED / Math.max(1, parts));
  }

  private Map<Kind, Amount> counts(
      Table<?> from, Condition isWanted, Collection<Kind> kinds, int most) {
    var wanted = kinds.stream().map(kind -> row(List.of(kind.value()))).toArray(RowN[]::new);
    var counted =
        field(
            select(DSL.count())
                .from(
                    selectOne()
                        .from(from)
                        .where(isWanted)
                        .limit(inline(most + 1))
                        .asTable("some")));
    return database
        .db()
        .select(WANTED, counted)
        .from(DSL.values(wanted).as("wanted", "kind"))
        .fetchMap(found -> new Kind(found.value1()), found -> Amount.upTo(most, found.value2()));
  }

  @Override
  public List<Waiting> ready(Reach.Within reach, Kind kind, int most) {
    var lines =
        readyLines.lines(reach, MOST_LINES).stream()
            .filter(line -> line.kind().equals(kind))
            .limit(MOST_LINES_OF_A_KIND)
            .toList();
    return firstOf(lines, most).stream()
        .map(JooqWaitingRuns::toWaiting)
        .sorted(BY_TURN)
        .limit(most)
        .toList();
  }

  /** A statement for each line, as many as a page is worth; each is one range of the index. */
  private List<QueueReadyRecord> firstOf(List<Line> lines, int most) {
    return lines.stream()
        .flatMap(line ->
            database
                .db()
                .selectFrom(QUEUE_READY)
                .where(QUEUE_READY.ORGANIZATION_ID.eq(line.organization().value()))
                .and(QUEUE_READY.PROJECT.eq(line.project().value()))
                .and(QUEUE_READY.KIND.eq(line.kind().value()))
                .orderBy(QUEUE_READY.RANK, QUEUE_READY.READY_AT, QUEUE_READY.RUN_ID)
                .limit(most)
                .fetch()
                .stream())
        .toList();
  }

  @Override
  public List<Waiting> delayed(Reach.Within reach, Kind kind, int most) {
    return database
        .db()
        .selectFrom(QUEUE_DELAYED)
        .where(isDelayedOf(reach))
        .and(QUEUE_DELAYED.KIND.eq(kind.value()))
        .orderBy(QUEUE_DELAYED.READY_AT)
        .limit(most)
        .fetch(found -> JooqWaitingRuns.toWaiting(found.into(QUEUE_READY)));
  }

  @Override
  public List<Executed> running(Reach.Within reach, Kind kind, int most) {
    return database
        .db()
        .selectFrom(RUN_LEASE)
        .where(isLeaseOf(reach))
        .and(RUN_LEASE.KIND.eq(kind.value()))
        .orderBy(RUN_LEASE.CLAIMED_AT)
        .limit(most)
        .fetch(JooqQueueContents::toExecuted);
  }

  @Override
  public Workers workers(Reach.Within reach, int most) {
    var some =
        select(RUN_LEASE.WORKER, RUN_LEASE.KIND, RUN_LEASE.HEARD_AT, RUN_LEASE.CLAIMED_AT)
            .from(RUN_LEASE)
            .where(isLeaseOf(reach))
            .orderBy(RUN_LEASE.KIND, RUN_LEASE.CLAIMED_AT)
            .limit(inline(mostLeases))
            .asTable("some");
    var worker = column(some, RUN_LEASE.WORKER);
    var kind = column(some, RUN_LEASE.KIND);
    var first =
        select(worker)
            .from(some)
            .groupBy(worker)
            .orderBy(worker)
            .limit(inline(most))
            .asTable("first");
    var workers = new TreeMap<String, Worker>(DistinctNames.ORDER);
    database
        .db()
        .select(
            worker,
            kind,
            DSL.count(),
            max(column(some, RUN_LEASE.HEARD_AT)),
            min(column(some, RUN_LEASE.CLAIMED_AT)))
        .from(some)
        .where(worker.in(select(column(first, RUN_LEASE.WORKER)).from(first)))
        .groupBy(worker, kind)
        .forEach(found ->
            workers.merge(
                found.value1(),
                new Worker(
                    new WorkerId(found.value1()),
                    found.value3(),
                    List.of(new Kind(found.value2())),
                    found.value4(),
                    found.value5()),
                JooqQueueContents::together));
    return new Workers(List.copyOf(workers.values()), !hasLeaseBeyond(reach));
  }

  private boolean hasLeaseBeyond(Reach.Within reach) {
    return !database
        .db()
        .selectOne()
        .from(RUN_LEASE)
        .where(isLeaseOf(reach))
        .limit(inline(1))
        .offset(inline(mostLeases))
        .fetch()
        .isEmpty();
  }

  private static Worker together(Worker one, Worker other) {
    return new Worker(
        one.id(),
        one.running() + other.running(),
        Stream.of(one, other).flatMap(worker -> worker.kinds().stream()).sorted().toList(),
        one.heardAt().isAfter(other.heardAt()) ? one.heardAt() : other.heardAt(),
        one.oldestClaimAt().isBefore(other.oldestClaimAt())
            ? one.oldestClaimAt()
            : other.oldestClaimAt());
  }

  private static <T> Field<T> column(Table<? extends Record> of, Field<T> selected) {
    return Objects.requireNonNull(of.field(selected), "the column that was selected");
  }

  private static Condition isDelayedOf(Reach.Within reach) {
    return QUEUE_DELAYED
        .ORGANIZATION_ID
        .eq(reach.organization().value())
        .and(isOneOf(QUEUE_DELAYED.PROJECT, reach));
  }

  private static Condition isLeaseOf(Reach.Within reach) {
    return RUN_LEASE
        .ORGANIZATION_ID
        .eq(reach.organization().value())
        .and(isOneOf(RUN_LEASE.PROJECT, reach));
  }

  private static Condition isActivityOf(Reach.Within reach) {
    return KIND_ACTIVITY
        .ORGANIZATION_ID
        .eq(reach.organization().value())
        .and(isOneOf(KIND_ACTIVITY.PROJECT, reach));
  }

  private static Condition isOneOf(Field<String> project, Reach.Within reach) {
    return reach.projects().isEmpty()
        ? noCondition()
        : project.in(reach.projects().stream().map(Slug::value).sorted().toList());
  }

  private static Executed toExecuted(RunLeaseRecord row) {
    return new Executed(
        new RunId(row.getRunId()),
        new Slug(row.getProject()),
        new Kind(row.getKind()),
        row.getAttempt(),
        new WorkerId(row.getWorker()),
        row.getClaimedAt(),
        row.getHeardAt(),
        row.getExpiresAt(),
        Optional.ofNullable(row.getCancelBy()));
  }
}
