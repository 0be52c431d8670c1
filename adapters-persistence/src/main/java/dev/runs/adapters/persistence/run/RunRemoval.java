package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.ACTION;
import static dev.runs.adapters.persistence.generated.Tables.ACTION_REPORT;
import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT;
import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT_REPORT;
import static dev.runs.adapters.persistence.generated.Tables.CLUSTER_EVENT;
import static dev.runs.adapters.persistence.generated.Tables.COST_LINE;
import static dev.runs.adapters.persistence.generated.Tables.JOB;
import static dev.runs.adapters.persistence.generated.Tables.LINEAGE_RUN;
import static dev.runs.adapters.persistence.generated.Tables.PHASE_TRANSITION;
import static dev.runs.adapters.persistence.generated.Tables.PIPELINE_RUN;
import static dev.runs.adapters.persistence.generated.Tables.QUEUE_DELAYED;
import static dev.runs.adapters.persistence.generated.Tables.QUEUE_READY;
import static dev.runs.adapters.persistence.generated.Tables.ROLLUP;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_CANCELLATION;
import static dev.runs.adapters.persistence.generated.Tables.RUN_END;
import static dev.runs.adapters.persistence.generated.Tables.RUN_LABEL;
import static dev.runs.adapters.persistence.generated.Tables.RUN_LEASE;
import static dev.runs.adapters.persistence.generated.Tables.RUN_PAYLOAD;
import static dev.runs.adapters.persistence.generated.Tables.VALIDATION;
import static dev.runs.adapters.persistence.generated.Tables.VALIDATION_FINDING;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect.Violation;
import dev.runs.adapters.persistence.cost.CostLineRows;
import dev.runs.adapters.persistence.generated.tables.records.RunRecord;
import dev.runs.application.run.Deletions;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.run.RunPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.exception.DataAccessException;

/**
 * Takes runs, and everything that hangs on them, out of the tables. It gives back the rows that
 * were really deleted: what follows from a removal is counted from them alone.
 */
public final class RunRemoval {

  /** So many rows that hang on runs go in one transaction for each run that may go in it. */
  public static final int LINES_PER_RUN = 10;

  private final Database database;

  public RunRemoval(Database database) {
    this.database = database;
  }

  /** Some runs of the deepest level of a subtree; none when nothing is left of it. */
  public Set<UUID> deepest(RunPath subtree, int most) {
    var db = database.db();
    for (var depth = deepestLevel(subtree); depth >= subtree.depth(); depth--) {
      var level =
          db.select(RUN.ID)
              .from(RUN)
              .where(RUN.DEPTH.eq(depth))
              .and(isWithin(subtree))
              .orderBy(RUN.PATH)
              .limit(most)
              .fetchSet(RUN.ID);
      if (!level.isEmpty()) {
        return level;
      }
    }
    return Set.of();
  }

  /** In the order of their paths, so that nobody deadlocks. */
  public Map<UUID, RunRecord> take(Set<UUID> runs) {
    var query = database.db().selectFrom(RUN).where(RUN.ID.in(runs)).orderBy(RUN.PATH);
    return database.dialect().take(query).fetchInto(RUN).intoMap(RUN.ID);
  }

  /**
   * @return the removed lines; fewer than {@code most} when none is left
   */
  public List<CostLine> removeLines(Set<UUID> runs, int most) {
    return database
        .db()
        .deleteFrom(COST_LINE)
        .where(
            COST_LINE.ID.in(
                select(COST_LINE.ID).from(COST_LINE).where(COST_LINE.RUN_ID.in(runs)).limit(most)))
        .returning()
        .fetch(CostLineRows::toLine);
  }

  /** Takes runs from wherever they wait or are executed. */
  public void leaveQueue(Set<UUID> runs) {
    var db = database.db();
    if (!runs.isEmpty()) {
      db.deleteFrom(QUEUE_READY).where(QUEUE_READY.RUN_ID.in(runs)).execute();
      db.deleteFrom(QUEUE_DELAYED).where(QUEUE_DELAYED.RUN_ID.in(runs)).execute();
      db.deleteFrom(RUN_LEASE).where(RUN_LEASE.RUN_ID.in(runs)).execute();
    }
  }

  /**
   * Removes runs without lines, which nobody else has taken.
   *
   * @return the removed runs
   * @throws Deletions.ChildMeanwhile when a run stands below one of them
   */
  public List<RunRecord> remove(Set<UUID> runs) {
    if (runs.isEmpty()) {
      return List.of();
    }
    var db = database.db();
    leaveQueue(runs);
    try {
      db.deleteFrom(JOB).where(JOB.RUN_ID.in(runs)).execute();
      db.deleteFrom(RUN_PAYLOAD).where(RUN_PAYLOAD.RUN_ID.in(runs)).execute();
      removeActions(runs);
      removePipelines(runs);
      db.deleteFrom(LINEAGE_RUN).where(LINEAGE_RUN.RUN_ID.in(runs)).execute();
      db.deleteFrom(ATTEMPT).where(ATTEMPT.RUN_ID.in(runs)).execute();
      db.deleteFrom(RUN_CANCELLATION).where(RUN_CANCELLATION.RUN_ID.in(runs)).execute();
      var removed = db.deleteFrom(RUN).where(RUN.ID.in(runs)).returning().fetch();
      db.deleteFrom(ROLLUP).where(ROLLUP.RUN_ID.in(runs)).execute();
      return removed;
    } catch (DataAccessException e) {
      throw database.dialect().violation(e) == Violation.FOREIGN_KEY
          ? new Deletions.ChildMeanwhile(e)
          : e;
    }
  }

  /** What executors told of runs; specifications of tasks stay, for others may share them. */
  private void removeActions(Set<UUID> runs) {
    var db = database.db();
    db.deleteFrom(CLUSTER_EVENT).where(CLUSTER_EVENT.RUN_ID.in(runs)).execute();
    db.deleteFrom(PHASE_TRANSITION).where(PHASE_TRANSITION.RUN_ID.in(runs)).execute();
    db.deleteFrom(ATTEMPT_REPORT).where(ATTEMPT_REPORT.RUN_ID.in(runs)).execute();
    db.deleteFrom(RUN_END).where(RUN_END.RUN_ID.in(runs)).execute();
    db.deleteFrom(RUN_LABEL).where(RUN_LABEL.RUN_ID.in(runs)).execute();
    db.deleteFrom(ACTION_REPORT).where(ACTION_REPORT.RUN_ID.in(runs)).execute();
    db.deleteFrom(ACTION).where(ACTION.RUN_ID.in(runs)).execute();
  }

  private void removePipelines(Set<UUID> runs) {
    var db = database.db();
    db.deleteFrom(VALIDATION_FINDING)
        .where(
            VALIDATION_FINDING.VALIDATION_ID.in(
                select(VALIDATION.ID).from(VALIDATION).where(VALIDATION.RUN_ID.in(runs))))
        .execute();
    db.deleteFrom(VALIDATION).where(VALIDATION.RUN_ID.in(runs)).execute();
    db.deleteFrom(PIPELINE_RUN).where(PIPELINE_RUN.RUN_ID.in(runs)).execute();
  }

  private int deepestLevel(RunPath subtree) {
    var depth = subtree.depth();
    while (depth < RunPath.DEEPEST
        && database
            .db()
            .fetchExists(
                select(RUN.ID).from(RUN).where(RUN.DEPTH.eq(depth + 1)).and(isWithin(subtree)))) {
      depth++;
    }
    return depth;
  }
}
