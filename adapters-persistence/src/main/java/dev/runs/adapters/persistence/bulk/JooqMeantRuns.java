package dev.runs.adapters.persistence.bulk;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.run.RunConditions;
import dev.runs.application.bulk.MeantRuns;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList.Stretch;
import dev.runs.domain.access.Reach;

/** Counts in the table {@code run}, as far as it is asked to. */
public final class JooqMeantRuns implements MeantRuns {

  private final Database database;

  public JooqMeantRuns(Database database) {
    this.database = database;
  }

  @Override
  public int count(Reach.Within reach, RunFilter filter, Stretch stretch, int most) {
    var db = database.db();
    return db.fetchCount(
        db.select(inline(1))
            .from(RUN)
            .where(RunConditions.matches(reach, filter))
            .and(stretch.from().map(RUN.ID::ge).orElse(noCondition()))
            .and(stretch.before().map(RUN.ID::lt).orElse(noCondition()))
            .and(isNotBeingDeleted())
            .limit(most));
  }
}
