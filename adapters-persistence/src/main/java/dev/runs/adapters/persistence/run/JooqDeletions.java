package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT;
import static dev.runs.adapters.persistence.generated.Tables.COST_LINE;
import static dev.runs.adapters.persistence.generated.Tables.JOB;
import static dev.runs.adapters.persistence.generated.Tables.QUEUE_DELAYED;
import static dev.runs.adapters.persistence.generated.Tables.QUEUE_READY;
import static dev.runs.adapters.persistence.generated.Tables.ROLLUP;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_DELETION;
import static dev.runs.adapters.persistence.generated.Tables.RUN_LEASE;
import static dev.runs.adapters.persistence.generated.Tables.RUN_PAYLOAD;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect.Violation;
import dev.runs.adapters.persistence.cost.CostLineRows;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.Deletions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.exception.DataAccessException;

/**
 * Removes subtrees from the tables, deepest runs first. What a removal takes from the sums above is
 * counted from the rows that were really deleted, never from the sums themselves.
 */
public final class JooqDeletions implements Deletions {

  /** So many rows that hang on runs go in one transaction for each run that may go in it. */
  private static final int LINES_PER_RUN = 10;

  private final Database database;
  private final Ledger ledger;

  public JooqDeletions(Database database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  @Override
  public void mark(Deletion deletion) {
    database
        .db()
        .insertInto(RUN_DELETION)
        .set(RUN_DELETION.RUN_ID, deletion.path().run().value())
        .set(RUN_DELETION.PATH, deletion.path().toBytes())
        .set(RUN_DELETION.ORGANIZATION_ID, deletion.organization().value())
        .set(RUN_DELETION.ACTOR, deletion.actor().value())
        .set(RUN_DELETION.MARKED_AT, deletion.markedAt())
        .onConflict(RUN_DELETION.RUN_ID)
        .doNothing()
        .execute();
  }

  @Override
  public Optional<Deletion> next() {
    return database
        .db()
        .selectFrom(RUN_DELETION)
        .orderBy(RUN_DELETION.MARKED_AT, RUN_DELETION.RUN_ID)
        .limit(1)
        .fetchOptional(row ->
            new Deletion(
                RunPath.ofBytes(row.getPath()),
                new OrganizationId(row.getOrganizationId()),
                new Principal(row.getActor()),
                row.getMarkedAt()));
  }

  /**
   * What waits or is leased goes before the runs are taken, as everybody takes such rows before
   * runs; and what came in between goes after it.
   */
  @Override
  public boolean removeSome(RunPath subtree, int most) {
    var found = deepest(subtree, most);
    if (found.isEmpty()) {
      return true;
    }
    leaveQueue(found);
    var runs = take(found);
    var deltas = new ArrayList<Delta>();
    var isStripped = removeLines(runs, most * LINES_PER_RUN, deltas);
    if (isStripped) {
      remove(runs.keySet(), deltas);
    }
    ledger.add(Delta.merged(deltas));
    return isStripped && runs.containsKey(subtree.run().value());
  }

  @Override
  public void finish(RunPath subtree) {
    database
        .db()
        .deleteFrom(RUN_DELETION)
        .where(RUN_DELETION.RUN_ID.eq(subtree.run().value()))
        .execute();
  }

  /** Some runs of the deepest level. */
  private Set<UUID> deepest(RunPath subtree, int most) {
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
  private Map<UUID, RunPath> take(Set<UUID> runs) {
    var query =
        database.db().select(RUN.ID, RUN.PATH).from(RUN).where(RUN.ID.in(runs)).orderBy(RUN.PATH);
    return database.dialect().take(query).fetchMap(RUN.ID, row -> RunPath.ofBytes(row.value2()));
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

  /**
   * @return whether no line is left
   */
  private boolean removeLines(Map<UUID, RunPath> runs, int most, List<Delta> deltas) {
    var lines =
        database
            .db()
            .deleteFrom(COST_LINE)
            .where(
                COST_LINE.ID.in(
                    select(COST_LINE.ID)
                        .from(COST_LINE)
                        .where(COST_LINE.RUN_ID.in(runs.keySet()))
                        .limit(most)))
            .returning()
            .fetch(CostLineRows::toLine);
    for (var line : lines) {
      var path = Objects.requireNonNull(runs.get(line.run().value()), "a line of one of the runs");
      Delta.ofLine(path, line).forEach(delta -> deltas.add(delta.reversed()));
    }
    return lines.size() < most;
  }

  private void leaveQueue(Set<UUID> runs) {
    var db = database.db();
    if (!runs.isEmpty()) {
      db.deleteFrom(QUEUE_READY).where(QUEUE_READY.RUN_ID.in(runs)).execute();
      db.deleteFrom(QUEUE_DELAYED).where(QUEUE_DELAYED.RUN_ID.in(runs)).execute();
      db.deleteFrom(RUN_LEASE).where(RUN_LEASE.RUN_ID.in(runs)).execute();
    }
  }

  private void remove(Set<UUID> all, List<Delta> deltas) {
    var db = database.db();
    leaveQueue(all);
    try {
      db.deleteFrom(JOB).where(JOB.RUN_ID.in(all)).execute();
      db.deleteFrom(RUN_PAYLOAD).where(RUN_PAYLOAD.RUN_ID.in(all)).execute();
      db.deleteFrom(ATTEMPT).where(ATTEMPT.RUN_ID.in(all)).execute();
      var removed =
          db.deleteFrom(RUN)
              .where(RUN.ID.in(all))
              .returning(RUN.PATH, RUN.STATE)
              .fetch(row ->
                  Delta.ofRemoved(
                      RunPath.ofBytes(row.getPath()),
                      StateName.ofWireName(row.getState()).orElseThrow()));
      removed.forEach(deltas::addAll);
      db.deleteFrom(ROLLUP).where(ROLLUP.RUN_ID.in(all)).execute();
    } catch (DataAccessException e) {
      throw database.dialect().violation(e) == Violation.FOREIGN_KEY ? new ChildMeanwhile(e) : e;
    }
  }
}
