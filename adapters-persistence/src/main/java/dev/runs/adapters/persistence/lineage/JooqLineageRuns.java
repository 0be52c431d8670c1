package dev.runs.adapters.persistence.lineage;

import static dev.runs.adapters.persistence.generated.Tables.LINEAGE_RUN;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect.Violation;
import dev.runs.application.lineage.LineageKey;
import dev.runs.application.lineage.LineageRuns;
import dev.runs.domain.run.RunId;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** Keeps the names of runs in the table {@code lineage_run}. */
public final class JooqLineageRuns implements LineageRuns {

  private final Database database;

  public JooqLineageRuns(Database database) {
    this.database = database;
  }

  @Override
  public Optional<RunId> find(LineageKey key) {
    return database
        .db()
        .select(LINEAGE_RUN.RUN_ID)
        .from(LINEAGE_RUN)
        .where(LINEAGE_RUN.ORGANIZATION_ID.eq(key.organization().value()))
        .and(LINEAGE_RUN.LINEAGE_ID.eq(key.id().value()))
        .fetchOptional(LINEAGE_RUN.RUN_ID)
        .map(RunId::new);
  }

  @Override
  public void add(LineageKey key, RunId run) {
    try {
      database
          .db()
          .insertInto(LINEAGE_RUN)
          .set(LINEAGE_RUN.ORGANIZATION_ID, key.organization().value())
          .set(LINEAGE_RUN.LINEAGE_ID, key.id().value())
          .set(LINEAGE_RUN.RUN_ID, run.value())
          .execute();
    } catch (DataAccessException e) {
      throw database.dialect().violation(e) == Violation.UNIQUE ? new Taken(e) : e;
    }
  }
}
