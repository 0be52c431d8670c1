package dev.runs.adapters.persistence.retention;

import static dev.runs.adapters.persistence.generated.Tables.COST_LINE;
import static dev.runs.adapters.persistence.generated.Tables.RETENTION_TALLY;
import static dev.runs.adapters.persistence.generated.Tables.ROLLUP_DELTA;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_DELETION;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.RunRecord;
import dev.runs.adapters.persistence.run.RunRemoval;
import dev.runs.application.retention.ExpiredTrees;
import dev.runs.application.retention.Removed;
import dev.runs.application.rollup.Ledger;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.RunPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Record3;

/**
 * Finds trees whose time is over along the index {@code run_root_ended}, and removes them, deepest
 * runs first. All that is remembered of them is counted from the rows that were really deleted.
 *
 * <p>No deltas are written for what goes, as all runs above go too. A run with very many lines is
 * the exception: it loses some of them before it goes itself, and is still counted until then.
 */
public final class JooqExpiredTrees implements ExpiredTrees {

  private final Database database;
  private final RunRemoval removal;
  private final RetainedSums sums;
  private final Ledger ledger;

  public JooqExpiredTrees(Database database, Ledger ledger) {
    this.database = database;
    this.removal = new RunRemoval(database);
    this.sums = new RetainedSums(database);
    this.ledger = ledger;
  }

  @Override
  public List<Root> roots(Due due, Optional<Root> after, int limit) {
    return database
        .db()
        .select(RUN.PATH, RUN.ENDED_AT)
        .from(RUN)
        .where(isDue(due))
        .and(
            after
                .map(
                    last -> row(RUN.ENDED_AT, RUN.ID).gt(last.endedAt(), last.path().run().value()))
                .orElse(noCondition()))
        .and(isNotBeingDeleted())
        .orderBy(RUN.ENDED_AT, RUN.ID)
        .limit(limit)
        .fetch(root -> new Root(RunPath.ofBytes(root.value1()), root.value2()));
  }

  @Override
  public Step removeSmall(Due due, List<RunPath> roots, int most) {
    var some = roots.subList(0, Math.min(most, roots.size()));
    var taken = removal.take(idsOf(some));
    taken.values().removeIf(root -> !isDue(due, root));
    taken.keySet().removeAll(marked(some));
    var parents = parents(some);
    var larger = new ArrayList<RunPath>();
    var small = new ArrayList<RunPath>();
    for (var root : some) {
      if (taken.containsKey(root.run().value())) {
        (parents.contains(root.run().value()) ? larger : small).add(root);
      }
    }
    var left = new ArrayList<>(roots.subList(some.size(), roots.size()));
    var mostLines = most * RunRemoval.LINES_PER_RUN;
    var chosen = (List<RunPath>) small;
    while (!chosen.isEmpty() && hasMoreLines(chosen, mostLines)) {
      if (chosen.size() == 1) {
        larger.addAll(chosen);
        chosen = List.of();
      } else {
        left.addAll(chosen.subList(chosen.size() / 2, chosen.size()));
        chosen = chosen.subList(0, chosen.size() / 2);
      }
    }
    taken.keySet().retainAll(idsOf(chosen));
    var removed = remove(taken, mostLines + 1);
    note(due.organization(), removed);
    var gone =
        removed.trees() == 0
            ? List.<RunPath>of()
            : chosen.stream().filter(root -> taken.containsKey(root.run().value())).toList();
    return new Step(removed, gone, larger, left);
  }

  @Override
  public boolean mark(Due due, RunPath root, Instant now) {
    var id = root.run().value();
    var taken = removal.take(Set.of(id));
    if (!taken.containsKey(id) || !isDue(due, taken.get(id))) {
      return false;
    }
    if (marksWithin(root).isEmpty() && !isLiveBelow(root)) {
      database
          .db()
          .insertInto(RUN_DELETION)
          .set(RUN_DELETION.RUN_ID, id)
          .set(RUN_DELETION.PATH, root.toBytes())
          .set(RUN_DELETION.ORGANIZATION_ID, due.organization().value())
          .set(RUN_DELETION.ACTOR, Principal.SYSTEM.value())
          .set(RUN_DELETION.MARKED_AT, now)
          .set(RUN_DELETION.RETAINS, true)
          .execute();
      return true;
    }
    return false;
  }

  @Override
  public Optional<Marked> marked(Optional<OrganizationId> only) {
    return database
        .db()
        .selectFrom(RUN_DELETION)
        .where(RUN_DELETION.RETAINS)
        .and(only.map(id -> RUN_DELETION.ORGANIZATION_ID.eq(id.value())).orElse(noCondition()))
        .orderBy(RUN_DELETION.MARKED_AT, RUN_DELETION.RUN_ID)
        .limit(1)
        .fetchOptional(mark ->
            new Marked(
                new OrganizationId(mark.getOrganizationId()), RunPath.ofBytes(mark.getPath())));
  }

  /** What waits or is leased goes first, as everybody takes such rows before runs. */
  @Override
  public Removed removeSome(Marked tree, int most) {
    var found = removal.deepest(tree.root(), most);
    var removed = Removed.NOTHING;
    if (!found.isEmpty()) {
      removal.leaveQueue(found);
      removed = remove(removal.take(found), most * RunRemoval.LINES_PER_RUN);
    }
    if (found.isEmpty() || removed.trees() > 0) {
      database
          .db()
          .deleteFrom(RUN_DELETION)
          .where(RUN_DELETION.RUN_ID.eq(tree.root().run().value()))
          .execute();
    }
    note(tree.organization(), removed);
    return removed;
  }

  @Override
  public Removed weigh(Due due, List<RunPath> roots) {
    var ids = idsOf(roots.stream().filter(root -> marksWithin(root).isEmpty()).toList());
    if (ids.isEmpty()) {
      return Removed.NOTHING;
    }
    var descendants = 0L;
    for (var tree : treesBelow(ids)) {
      if (tree.value2().equals(tree.value3())) {
        descendants += tree.value2();
      } else {
        ids.remove(tree.value1());
      }
    }
    return ids.isEmpty()
        ? Removed.NOTHING
        : new Removed(ids.size(), ids.size() + descendants, countLines(ids));
  }

  @Override
  public Optional<Untold> tell() {
    var db = database.db();
    var next =
        db.select(RETENTION_TALLY.ORGANIZATION_ID)
            .from(RETENTION_TALLY)
            .orderBy(RETENTION_TALLY.ORGANIZATION_ID)
            .limit(1);
    return db.deleteFrom(RETENTION_TALLY)
        .where(RETENTION_TALLY.ORGANIZATION_ID.in(next))
        .returning()
        .fetchOptional(tally ->
            new Untold(
                new OrganizationId(tally.getOrganizationId()),
                new Removed(tally.getTrees(), tally.getRuns(), tally.getLines())));
  }

  /**
   * Removes runs that are taken, or some of their lines when they have too many.
   *
   * @param mostLines from this number on they have too many
   */
  private Removed remove(Map<UUID, RunRecord> taken, int mostLines) {
    if (taken.isEmpty()) {
      return Removed.NOTHING;
    }
    var lines = removal.removeLines(taken.keySet(), mostLines);
    sums.addLines(lines, taken);
    if (lines.size() >= mostLines) {
      ledger.add(reversed(lines, taken));
      return new Removed(0, 0, lines.size());
    }
    dropDeltas(taken.values());
    var gone = removal.remove(taken.keySet());
    sums.addRuns(gone);
    var trees = gone.stream().filter(run -> run.getParentId() == null).count();
    return new Removed(trees, gone.size(), lines.size());
  }

  /**
   * Waits for whoever folds deltas of these runs, so that no sum comes after the runs are gone. Of
   * the runs that stood below them there is none left.
   */
  private void dropDeltas(Collection<RunRecord> runs) {
    database
        .db()
        .deleteFrom(ROLLUP_DELTA)
        .where(ROLLUP_DELTA.PATH.in(runs.stream().map(RunRecord::getPath).toList()))
        .execute();
  }

  private void note(OrganizationId organization, Removed removed) {
    if (removed.isNothing()) {
      return;
    }
    database
        .db()
        .insertInto(RETENTION_TALLY)
        .set(RETENTION_TALLY.ORGANIZATION_ID, organization.value())
        .set(RETENTION_TALLY.TREES, removed.trees())
        .set(RETENTION_TALLY.RUNS, removed.runs())
        .set(RETENTION_TALLY.LINES, removed.lines())
        .onConflict(RETENTION_TALLY.ORGANIZATION_ID)
        .doUpdate()
        .set(RETENTION_TALLY.TREES, RETENTION_TALLY.TREES.plus(excluded(RETENTION_TALLY.TREES)))
        .set(RETENTION_TALLY.RUNS, RETENTION_TALLY.RUNS.plus(excluded(RETENTION_TALLY.RUNS)))
        .set(RETENTION_TALLY.LINES, RETENTION_TALLY.LINES.plus(excluded(RETENTION_TALLY.LINES)))
        .execute();
  }

  /** Of each root how many runs stand below it, and how many of them have ended. */
  private List<Record3<UUID, Integer, Integer>> treesBelow(Set<UUID> roots) {
    return database
        .db()
        .select(RUN.ROOT_ID, count(), count(RUN.ENDED_AT))
        .from(RUN)
        .where(RUN.ROOT_ID.in(roots))
        .and(RUN.PARENT_ID.isNotNull())
        .groupBy(RUN.ROOT_ID)
        .fetch();
  }

  private boolean hasMoreLines(List<RunPath> runs, int most) {
    var some = selectOne().from(COST_LINE).where(COST_LINE.RUN_ID.in(idsOf(runs))).limit(most + 1);
    return database.db().fetchCount(some) > most;
  }

  private long countLines(Set<UUID> roots) {
    var db = database.db();
    var ofRoots = db.select(count()).from(COST_LINE).where(COST_LINE.RUN_ID.in(roots));
    var ofOthers =
        db.select(count())
            .from(RUN)
            .join(COST_LINE)
            .on(COST_LINE.RUN_ID.eq(RUN.ID))
            .where(RUN.ROOT_ID.in(roots))
            .and(RUN.PARENT_ID.isNotNull());
    return Stream.of(ofRoots, ofOthers).mapToLong(some -> some.fetchSingle().value1()).sum();
  }

  private Set<UUID> parents(List<RunPath> runs) {
    return database
        .db()
        .selectDistinct(RUN.PARENT_ID)
        .from(RUN)
        .where(RUN.PARENT_ID.in(idsOf(runs)))
        .fetchSet(RUN.PARENT_ID);
  }

  private Set<UUID> marked(List<RunPath> runs) {
    return database
        .db()
        .select(RUN_DELETION.RUN_ID)
        .from(RUN_DELETION)
        .where(RUN_DELETION.RUN_ID.in(idsOf(runs)))
        .fetchSet(RUN_DELETION.RUN_ID);
  }

  /** Of each mark in a tree, whether it is there for the age of the tree. */
  private List<Boolean> marksWithin(RunPath root) {
    return database
        .db()
        .select(RUN_DELETION.RETAINS)
        .from(RUN_DELETION)
        .where(RUN_DELETION.PATH.ge(root.toBytes()))
        .and(RUN_DELETION.PATH.lt(root.endOfSubtree()))
        .fetch(RUN_DELETION.RETAINS);
  }

  /** Along the index {@code run_live_below}. */
  private boolean isLiveBelow(RunPath root) {
    return database
        .db()
        .fetchExists(
            selectOne()
                .from(RUN)
                .where(isWithin(root))
                .and(RUN.PARENT_ID.isNotNull())
                .and(RUN.ENDED_AT.isNull()));
  }

  private static List<Delta> reversed(List<CostLine> lines, Map<UUID, RunRecord> runs) {
    var deltas = new ArrayList<Delta>();
    for (var line : lines) {
      var run = Objects.requireNonNull(runs.get(line.run().value()), "a line of one of the runs");
      Delta.ofLine(RunPath.ofBytes(run.getPath()), line)
          .forEach(delta -> deltas.add(delta.reversed()));
    }
    return Delta.merged(deltas);
  }

  private static Condition isDue(Due due) {
    return RUN.ORGANIZATION_ID
        .eq(due.organization().value())
        .and(RUN.STATE.eq(due.state().wireName()))
        .and(RUN.PARENT_ID.isNull())
        .and(RUN.ENDED_AT.isNotNull())
        .and(RUN.ENDED_AT.lt(due.endedBefore()));
  }

  /** The same, of a run that may have changed since it was found. */
  private static boolean isDue(Due due, RunRecord run) {
    return run.getState().equals(due.state().wireName())
        && run.getEndedAt() != null
        && run.getEndedAt().isBefore(due.endedBefore());
  }

  private static Set<UUID> idsOf(List<RunPath> runs) {
    return runs.stream()
        .map(run -> run.run().value())
        .collect(Collectors.toCollection(HashSet::new));
  }
}
