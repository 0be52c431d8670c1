package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_DELETION;
import static org.jooq.impl.DSL.not;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.cost.CostDays;
import dev.runs.adapters.persistence.generated.tables.records.RunRecord;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.Deletions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Removes subtrees from the tables, deepest runs first. What a removal takes from the sums above is
 * counted from the rows that were really deleted, never from the sums themselves.
 */
public final class JooqDeletions implements Deletions {

  private final Database database;
  private final RunRemoval removal;
  private final Ledger ledger;
  private final CostDays days;

  public JooqDeletions(Database database, Ledger ledger) {
    this.database = database;
    this.removal = new RunRemoval(database);
    this.ledger = ledger;
    this.days = new CostDays(database);
  }

  /** Takes the root, as whoever removes its tree for its age does, and then looks at what is. */
  @Override
  public void mark(Deletion deletion) {
    takeRoot(deletion.path());
    if (isGoing(deletion.path())) {
      throw new RunRejected.NotFound();
    }
    database
        .db()
        .insertInto(RUN_DELETION)
        .set(RUN_DELETION.RUN_ID, deletion.path().run().value())
        .set(RUN_DELETION.PATH, deletion.path().toBytes())
        .set(RUN_DELETION.ORGANIZATION_ID, deletion.organization().value())
        .set(RUN_DELETION.ACTOR, deletion.actor().value())
        .set(RUN_DELETION.MARKED_AT, deletion.markedAt())
        .set(RUN_DELETION.RETAINS, false)
        .onConflict(RUN_DELETION.RUN_ID)
        .doNothing()
        .execute();
  }

  @Override
  public Optional<Deletion> next() {
    return database
        .db()
        .selectFrom(RUN_DELETION)
        .where(not(RUN_DELETION.RETAINS))
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
    var found = removal.deepest(subtree, most);
    if (found.isEmpty()) {
      return true;
    }
    removal.leaveQueue(found);
    var runs = removal.take(found);
    var mostLines = most * RunRemoval.LINES_PER_RUN;
    var lines = removal.removeLines(runs.keySet(), mostLines);
    var deltas = new ArrayList<Delta>();
    lines.forEach(line -> deltas.addAll(ofLine(line, runs)));
    days.takeBack(lines, runs);
    var isStripped = lines.size() < mostLines;
    if (isStripped) {
      removal.remove(runs.keySet()).forEach(run -> deltas.addAll(ofRemoved(run)));
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

  private void takeRoot(RunPath path) {
    var root = path.root().value();
    database.dialect().take(database.db().select(RUN.ID).from(RUN).where(RUN.ID.eq(root))).fetch();
  }

  private boolean isGoing(RunPath path) {
    var db = database.db();
    var isThere = RUN.ID.eq(path.run().value());
    var goesForItsAge = RUN_DELETION.RUN_ID.eq(path.root().value()).and(RUN_DELETION.RETAINS);
    return !db.fetchExists(RUN, isThere) || db.fetchExists(RUN_DELETION, goesForItsAge);
  }

  private static RunPath pathOf(RunRecord run) {
    return RunPath.ofBytes(run.getPath());
  }

  private static List<Delta> ofLine(CostLine line, Map<UUID, RunRecord> runs) {
    var run = Objects.requireNonNull(runs.get(line.run().value()), "a line of one of the runs");
    return Delta.ofLine(pathOf(run), line).stream().map(Delta::reversed).toList();
  }

  private static List<Delta> ofRemoved(RunRecord run) {
    return Delta.ofRemoved(pathOf(run), StateName.ofWireName(run.getState()).orElseThrow());
  }
}
