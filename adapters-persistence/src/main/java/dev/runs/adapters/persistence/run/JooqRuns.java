package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.val;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.AttemptRecord;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Reach;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.BatchBindStep;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Keeps runs in the table {@code run} and their attempts in {@code attempt}. */
public final class JooqRuns implements Runs {

  /** All that can be different in a later version of a run. */
  private static final List<Field<?>> CHANGING =
      List.of(
          RUN.STATE,
          RUN.FAILURE_KIND,
          RUN.FAILURE_MESSAGE,
          RUN.ATTEMPT,
          RUN.STARTED_AT,
          RUN.ENDED_AT,
          RUN.UPDATED_AT,
          RUN.VERSION);

  private final Database database;

  public JooqRuns(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Run> find(Reach reach, RunId id) {
    return database
        .db()
        .selectFrom(RUN)
        .where(RUN.ID.eq(id.value()))
        .and(isWithin(reach))
        .and(isNotBeingDeleted())
        .fetchOptional(RunRows::toRun);
  }

  @Override
  public Map<RunId, Run> findAll(Reach reach, Collection<RunId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(RUN)
        .where(RUN.ID.in(ids.stream().map(RunId::value).toList()))
        .and(isWithin(reach))
        .and(isNotBeingDeleted())
        .fetchMap(row -> new RunId(row.getId()), RunRows::toRun);
  }

  @Override
  public void addAll(List<Run> runs) {
    var attempts = runs.stream().filter(run -> run.attempt() > 0).map(Attempt::currentOf);
    try {
      database.add(runs.stream().map(RunRows::toRow).toList());
      database.add(attempts.map(RunRows::toRow).toList());
    } catch (DataAccessException e) {
      throw switch (database.dialect().violation(e)) {
        case FOREIGN_KEY -> RunRejected.ParentNotFound.late();
        case UNIQUE -> new NameTaken(e);
        case NONE -> e;
      };
    }
  }

  @Override
  public void save(Run run) {
    var db = database.db();
    var rows =
        db.update(RUN)
            .set(RunRows.toRow(run))
            .where(RUN.ID.eq(run.id().value()))
            .and(RUN.VERSION.eq(run.version() - 1))
            .execute();
    if (rows == 0) {
      throw new RunRejected.ChangedMeanwhile(run.id());
    }
    if (run.attempt() > 0) {
      var attempt = RunRows.toRow(Attempt.currentOf(run));
      db.insertInto(ATTEMPT)
          .set(attempt)
          .onConflict(ATTEMPT.RUN_ID, ATTEMPT.NUMBER)
          .doUpdate()
          .set(ATTEMPT.PHASE, attempt.getPhase())
          .set(ATTEMPT.ENDED_AT, attempt.getEndedAt())
          .set(ATTEMPT.FAILURE_KIND, attempt.getFailureKind())
          .set(ATTEMPT.FAILURE_MESSAGE, attempt.getFailureMessage())
          .execute();
    }
  }

  /** In the order of the ids, so that two writers never wait for each other in a circle. */
  @Override
  public void saveAll(List<Run> runs, List<Attempt> attempts) {
    var ordered = runs.stream().sorted(Comparator.comparing(Run::id)).toList();
    if (!ordered.isEmpty()) {
      var saved = updates(ordered).execute();
      for (var i = 0; i < saved.length; i++) {
        if (saved[i] == 0) {
          throw new RunRejected.ChangedMeanwhile(ordered.get(i).id());
        }
      }
    }
    replace(
        attempts.stream()
            .sorted(Comparator.comparing(Attempt::run).thenComparing(Attempt::number))
            .map(RunRows::toRow)
            .toList());
  }

  private BatchBindStep updates(List<Run> runs) {
    var db = database.db();
    var batch =
        db.batch(
            db.update(RUN)
                .set(Database.unknown(CHANGING))
                .where(RUN.ID.eq(val(null, RUN.ID)))
                .and(RUN.VERSION.eq(val(null, RUN.VERSION))));
    for (var run : runs) {
      var row = RunRows.toRow(run);
      var values = new ArrayList<@Nullable Object>();
      CHANGING.forEach(column -> values.add(row.get(column)));
      values.add(run.id().value());
      values.add(run.version() - 1);
      batch = batch.bind(values.toArray());
    }
    return batch;
  }

  private void replace(List<AttemptRecord> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    var db = database.db();
    var columns = List.of(ATTEMPT.fields());
    var batch =
        db.batch(
            db.insertInto(ATTEMPT)
                .set(Database.unknown(columns))
                .onConflict(ATTEMPT.RUN_ID, ATTEMPT.NUMBER)
                .doUpdate()
                .setAllToExcluded()
                .set(ATTEMPT.STARTED_AT, least(ATTEMPT.STARTED_AT, excluded(ATTEMPT.STARTED_AT))));
    for (var attempt : attempts) {
      batch = batch.bind(columns.stream().map(attempt::get).toArray());
    }
    batch.execute();
  }
}
