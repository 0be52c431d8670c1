package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Reach;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** Keeps runs in the table {@code run} and their attempts in {@code attempt}. */
public final class JooqRuns implements Runs {

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
          .execute();
    }
  }
}
