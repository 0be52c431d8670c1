package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.JOB;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_CANCELLATION;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Keeps the marks in the table {@code run_cancellation}. */
public final class JooqCancellations implements Cancellations {

  private final Database database;

  public JooqCancellations(Database database) {
    this.database = database;
  }

  /** Takes the run, and so waits for everybody who holds it in {@link #holdFrom}. */
  @Override
  public void mark(Cancellation cancellation) {
    var db = database.db();
    var run = cancellation.path().run().value();
    database.dialect().take(db.select(RUN.ID).from(RUN).where(RUN.ID.eq(run))).fetch();
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
  public Optional<Cancellation> next(Optional<Cancellation> after) {
    return database
        .db()
        .selectFrom(RUN_CANCELLATION)
        .where(after.map(JooqCancellations::isBehind).orElseGet(DSL::noCondition))
        .orderBy(RUN_CANCELLATION.MARKED_AT, RUN_CANCELLATION.RUN_ID)
        .limit(1)
        .fetchOptional(row ->
            new Cancellation(
                RunPath.ofBytes(row.getPath()),
                new OrganizationId(row.getOrganizationId()),
                new Principal(row.getActor()),
                row.getMarkedAt(),
                Optional.ofNullable(row.getReason())));
  }

  /** The run itself by its id, those below it along the index {@code run_live_below}. */
  @Override
  public List<Run> untouched(RunPath subtree, int most) {
    return Stream.of(isLiveRun(subtree), isLiveBelow(subtree))
        .flatMap(condition -> untouched(condition, most))
        .limit(most)
        .sorted(Comparator.comparing(Run::id))
        .toList();
  }

  @Override
  public boolean finish(RunPath subtree) {
    var db = database.db();
    var isIt = RUN_CANCELLATION.RUN_ID.eq(subtree.run().value());
    db.deleteFrom(RUN_CANCELLATION)
        .where(isIt)
        .and(notExists(selectOne().from(RUN).where(isLiveRun(subtree))))
        .and(notExists(selectOne().from(RUN).where(isLiveBelow(subtree))))
        .execute();
    return !db.fetchExists(RUN_CANCELLATION, isIt);
  }

  private static Condition isBehind(Cancellation last) {
    return row(RUN_CANCELLATION.MARKED_AT, RUN_CANCELLATION.RUN_ID)
        .gt(last.markedAt(), last.path().run().value());
  }

  private Stream<Run> untouched(Condition condition, int most) {
    return database
        .db()
        .selectFrom(RUN)
        .where(condition)
        .and(
            notExists(
                selectOne()
                    .from(JOB)
                    .where(JOB.RUN_ID.eq(RUN.ID))
                    .and(JOB.CANCEL_REQUESTED_AT.isNotNull())))
        .orderBy(RUN.PATH)
        .limit(most)
        .fetch(RunRows::toRun)
        .stream();
  }

  private static Condition isLiveRun(RunPath run) {
    return RUN.ID.eq(run.run().value()).and(RUN.ENDED_AT.isNull());
  }

  private static Condition isLiveBelow(RunPath run) {
    return isWithin(run)
        .and(RUN.ID.ne(run.run().value()))
        .and(RUN.PARENT_ID.isNotNull())
        .and(RUN.ENDED_AT.isNull());
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
