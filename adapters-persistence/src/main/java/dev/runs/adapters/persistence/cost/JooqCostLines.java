package dev.runs.adapters.persistence.cost;

import static dev.runs.adapters.persistence.generated.Tables.COST_LINE;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect.Violation;
import dev.runs.application.cost.CostLines;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** Keeps cost lines in the table {@code cost_line}, and tells on which days they count. */
public final class JooqCostLines implements CostLines {

  private final Database database;
  private final CostDays days;

  public JooqCostLines(Database database) {
    this.database = database;
    this.days = new CostDays(database);
  }

  @Override
  public void addAll(List<CostLine> lines) {
    try {
      database.add(lines.stream().map(CostLineRows::toRow).toList());
      days.add(lines);
    } catch (DataAccessException e) {
      throw database.dialect().violation(e) == Violation.FOREIGN_KEY
          ? new RunRejected.NotFound()
          : e;
    }
  }

  @Override
  public Map<CostLineId, CostLine> findAll(Collection<CostLineId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(COST_LINE)
        .where(COST_LINE.ID.in(ids.stream().map(CostLineId::value).toList()))
        .fetchMap(row -> new CostLineId(row.getId()), CostLineRows::toLine);
  }

  @Override
  public List<CostLine> of(RunId run, Optional<CostLineId> after, int limit) {
    return database
        .db()
        .selectFrom(COST_LINE)
        .where(COST_LINE.RUN_ID.eq(run.value()))
        .and(after.map(line -> COST_LINE.ID.gt(line.value())).orElse(noCondition()))
        .orderBy(COST_LINE.ID)
        .limit(limit)
        .fetch(CostLineRows::toLine);
  }

  /**
   * Each run is asked for the line behind the last one to be shown; up to there its lines are one
   * range of the index, so that a run with a million lines costs no more than one with a few.
   */
  @Override
  public Map<RunId, List<CostLine>> firstOf(Collection<RunId> runs, int mostPerRun) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var other = COST_LINE.as("other");
    var firstBeyond =
        field(
            select(other.ID)
                .from(other)
                .where(other.RUN_ID.eq(RUN.ID))
                .orderBy(other.ID)
                .limit(1)
                .offset(mostPerRun));
    return database
        .db()
        .select(COST_LINE.fields())
        .from(RUN)
        .join(COST_LINE)
        .on(COST_LINE.RUN_ID.eq(RUN.ID))
        .and(firstBeyond.isNull().or(COST_LINE.ID.lt(firstBeyond)))
        .where(RUN.ID.in(runs.stream().map(RunId::value).toList()))
        .orderBy(COST_LINE.RUN_ID, COST_LINE.ID)
        .fetchInto(COST_LINE)
        .intoGroups(row -> new RunId(row.getRunId()), CostLineRows::toLine);
  }
}
