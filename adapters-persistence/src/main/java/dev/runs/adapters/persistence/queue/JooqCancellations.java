package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.JOB;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_CANCELLATION;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.run.RunRows;
import dev.runs.application.queue.Cancellations;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Row2;
import org.jooq.impl.DSL;

/** Keeps the marks in the table {@code run_cancellation}. */
public final class JooqCancellations implements Cancellations {

  /** As the index {@code run_live_below} says it. */
  private static final Condition IS_LIVE_CHILD =
      RUN.PARENT_ID.isNotNull().and(RUN.ENDED_AT.isNull());

  private static final Condition IS_UNTOUCHED =
      notExists(
          selectOne()
              .from(JOB)
              .where(JOB.RUN_ID.eq(RUN.ID))
              .and(JOB.CANCEL_REQUESTED_AT.isNotNull()));

  private final Database database;

  public JooqCancellations(Database database) {
    this.database = database;
  }

  /** Takes the run, and so waits for everybody who holds it in {@link #holdFrom}. */
  @Override
  public boolean mark(Cancellation cancellation) {
    var db = database.db();
    var run = cancellation.path().run().value();
    var isLive =
        !database
            .dialect()
            .take(db.select(RUN.ID).from(RUN).where(RUN.ID.eq(run)).and(RUN.ENDED_AT.isNull()))
            .fetch()
            .isEmpty();
    if (!isLive) {
      return false;
    }
    db.insertInto(RUN_CANCELLATION)
        .set(RUN_CANCELLATION.RUN_ID, run)
        .set(RUN_CANCELLATION.PATH, cancellation.path().toBytes())
        .set(RUN_CANCELLATION.ORGANIZATION_ID, cancellation.organization().value())
        .set(RUN_CANCELLATION.ACTOR, cancellation.actor().value())
        .set(RUN_CANCELLATION.MARKED_AT, cancellation.markedAt())
        .set(RUN_CANCELLATION.REASON, cancellation.reason().orElse(null))
        .onConflict(RUN_CANCELLATION.RUN_ID)
        .doNothing()
        .execute();
    return true;
  }

  /** Looks only when it holds the runs: a statement sees what was committed before it began. */
  @Override
  public Set<RunPath> holdFrom(Collection<RunPath> paths) {
    if (paths.isEmpty()) {
      return Set.of();
    }
    var db = database.db();
    var runs = runsOf(paths);
    database
        .dialect()
        .share(db.select(RUN.ID).from(RUN).where(RUN.ID.in(runs)).orderBy(RUN.ID))
        .fetch();
    var canceled =
        db.select(RUN_CANCELLATION.RUN_ID)
            .from(RUN_CANCELLATION)
            .where(RUN_CANCELLATION.RUN_ID.in(runs))
            .unionAll(
                select(RUN.ID)
                    .from(RUN)
                    .where(RUN.ID.in(runs))
                    .and(RUN.STATE.eq(StateName.CANCELED.wireName())))
            .fetch();
    return below(paths, canceled.getValues(RUN_CANCELLATION.RUN_ID));
  }

  @Override
  public Set<RunPath> markedAmong(Collection<RunPath> paths) {
    if (paths.isEmpty()) {
      return Set.of();
    }
    var marked =
        database
            .db()
            .select(RUN_CANCELLATION.RUN_ID)
            .from(RUN_CANCELLATION)
            .where(RUN_CANCELLATION.RUN_ID.in(runsOf(paths)))
            .fetch(RUN_CANCELLATION.RUN_ID);
    return below(paths, marked);
  }

  @Override
  public List<Cancellation> next(Optional<Cancellation> after, int most) {
    return database
        .db()
        .selectFrom(RUN_CANCELLATION)
        .where(after.map(JooqCancellations::isBehind).orElseGet(DSL::noCondition))
        .orderBy(RUN_CANCELLATION.MARKED_AT, RUN_CANCELLATION.RUN_ID)
        .limit(most)
        .fetch(row ->
            new Cancellation(
                RunPath.ofBytes(row.getPath()),
                new OrganizationId(row.getOrganizationId()),
                new Principal(row.getActor()),
                row.getMarkedAt(),
                Optional.ofNullable(row.getReason())));
  }

  /**
   * The runs themselves by their ids, those below them along the index {@code run_live_below}: of
   * the few subtrees in which there are any, one after the other.
   */
  @Override
  public List<Run> untouched(List<RunPath> subtrees, int most) {
    var found = new LinkedHashMap<RunId, Run>();
    untouched(areLive(subtrees), most).forEach(run -> found.put(run.id(), run));
    if (found.size() < most) {
      var below = withLiveBelow(subtrees, IS_UNTOUCHED).iterator();
      while (below.hasNext() && found.size() < most) {
        untouched(isLiveBelow(below.next()), most).forEach(run -> found.put(run.id(), run));
      }
    }
    return found.values().stream().limit(most).sorted(Comparator.comparing(Run::id)).toList();
  }

  @Override
  public Set<RunPath> finish(List<RunPath> subtrees) {
    var db = database.db();
    var ended = new LinkedHashSet<>(subtrees);
    withLiveBelow(subtrees, noCondition()).forEach(ended::remove);
    var live = db.select(RUN.PATH).from(RUN).where(areLive(subtrees)).fetch(RUN.PATH);
    live.forEach(path -> ended.remove(RunPath.ofBytes(path)));
    if (!ended.isEmpty()) {
      db.deleteFrom(RUN_CANCELLATION).where(RUN_CANCELLATION.RUN_ID.in(idsOf(ended))).execute();
    }
    return ended;
  }

  /**
   * Those of these subtrees in which there is a live run below their own, in their order. Each is
   * asked for its first one, so that none is gone through.
   */
  @SuppressWarnings("unchecked") // an array of a generic type
  private List<RunPath> withLiveBelow(List<RunPath> subtrees, Condition further) {
    var begin = field(name("subtree", "begin_path"), RUN.PATH.getDataType());
    var end = field(name("subtree", "end_path"), RUN.PATH.getDataType());
    var rows = (Row2<byte[], byte[]>[]) new Row2<?, ?>[subtrees.size()];
    for (var i = 0; i < rows.length; i++) {
      var path = subtrees.get(i);
      rows[i] = row(val(path.toBytes(), begin), val(path.endOfSubtree(), end));
    }
    var first =
        select(RUN.PATH)
            .from(RUN)
            .where(RUN.PATH.gt(begin))
            .and(RUN.PATH.lt(end))
            .and(IS_LIVE_CHILD)
            .and(further)
            .orderBy(RUN.PATH)
            .limit(1);
    var found =
        database
            .db()
            .select(begin)
            .from(DSL.values(rows).as("subtree", "begin_path", "end_path"))
            .where(field(first).isNotNull())
            .fetchSet(row -> RunPath.ofBytes(row.value1()));
    return subtrees.stream().filter(found::contains).toList();
  }

  private static Condition isBehind(Cancellation last) {
    return row(RUN_CANCELLATION.MARKED_AT, RUN_CANCELLATION.RUN_ID)
        .gt(last.markedAt(), last.path().run().value());
  }

  private List<Run> untouched(Condition condition, int most) {
    return database
        .db()
        .selectFrom(RUN)
        .where(condition)
        .and(IS_UNTOUCHED)
        .orderBy(RUN.PATH)
        .limit(most)
        .fetch(RunRows::toRun);
  }

  private static Condition areLive(Collection<RunPath> runs) {
    return RUN.ID.in(idsOf(runs)).and(RUN.ENDED_AT.isNull());
  }

  private static Condition isLiveBelow(RunPath run) {
    return isWithin(run).and(RUN.ID.ne(run.run().value())).and(IS_LIVE_CHILD);
  }

  private static List<UUID> idsOf(Collection<RunPath> runs) {
    return runs.stream().map(path -> path.run().value()).toList();
  }

  private static Set<UUID> runsOf(Collection<RunPath> paths) {
    return paths.stream()
        .flatMap(path -> path.ids().stream())
        .map(RunId::value)
        .collect(Collectors.toSet());
  }

  private static Set<RunPath> below(Collection<RunPath> paths, Collection<UUID> runs) {
    var above = new HashSet<>(runs);
    return paths.stream()
        .filter(path -> path.ids().stream().anyMatch(id -> above.contains(id.value())))
        .collect(Collectors.toSet());
  }
}
