package dev.runs.application.retention;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.cost.InMemoryCostLines;
import dev.runs.application.cost.InMemoryRetained;
import dev.runs.application.queue.InMemoryJobs;
import dev.runs.application.rollup.InMemoryLedger;
import dev.runs.application.run.Deletions.Deletion;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Expired trees in memory. */
public final class InMemoryExpiredTrees implements ExpiredTrees {

  private static final Comparator<Root> ENDED_FIRST =
      Comparator.comparing(Root::endedAt).thenComparing(Root::path);

  private static final Comparator<Run> DEEPEST_FIRST =
      Comparator.comparingInt((Run run) -> run.path().depth()).reversed().thenComparing(Run::path);

  /** So many lines go with one run in one step. */
  private static final int LINES_PER_RUN = 10;

  private final InMemoryTransactions.Table<OrganizationId, Removed> untold;
  private final InMemoryRuns runs;
  private final InMemoryCostLines lines;
  private final InMemoryLedger ledger;
  private final InMemoryJobs jobs;
  private final InMemoryRetained retained;

  public InMemoryExpiredTrees(
      InMemoryTransactions transactions,
      InMemoryRuns runs,
      InMemoryCostLines lines,
      InMemoryLedger ledger,
      InMemoryJobs jobs,
      InMemoryRetained retained) {
    this.untold = transactions.table(Comparator.comparing(OrganizationId::value));
    this.runs = runs;
    this.lines = lines;
    this.ledger = ledger;
    this.jobs = jobs;
    this.retained = retained;
  }

  @Override
  public List<Root> roots(Due due, Optional<Root> after, int limit) {
    return runs.stored().stream()
        .filter(run -> isDue(due, run))
        .map(run -> new Root(run.path(), endOf(run)))
        .filter(root -> after.isEmpty() || ENDED_FIRST.compare(root, after.get()) > 0)
        .sorted(ENDED_FIRST)
        .limit(limit)
        .toList();
  }

  @Override
  public Step removeSmall(Due due, List<RunPath> roots, int most) {
    var removed = Removed.NOTHING;
    var gone = new ArrayList<RunPath>();
    var larger = new ArrayList<RunPath>();
    for (var root : roots.subList(0, Math.min(most, roots.size()))) {
      var tree = tree(root);
      if (tree.size() == 1 && isDue(due, tree.getFirst())) {
        if (linesOf(tree.getFirst()).size() > most * LINES_PER_RUN) {
          larger.add(root);
        } else {
          removed = removed.plus(remove(tree.getFirst(), Integer.MAX_VALUE));
          gone.add(root);
        }
      } else if (tree.size() > 1) {
        larger.add(root);
      }
    }
    note(due.organization(), removed);
    return new Step(
        removed, gone, larger, roots.subList(Math.min(most, roots.size()), roots.size()));
  }

  @Override
  public boolean mark(Due due, RunPath root, Instant now) {
    if (runs.expired().has(root)) {
      return false;
    }
    var tree = tree(root);
    if (tree.isEmpty() || !isDue(due, tree.getLast()) || !isAtRest(root)) {
      return false;
    }
    runs.expired().put(root, new Deletion(root, due.organization(), Principal.SYSTEM, now));
    return true;
  }

  @Override
  public Optional<Marked> marked(Optional<OrganizationId> only) {
    return runs.expired().all().stream()
        .filter(mark -> only.isEmpty() || mark.organization().equals(only.get()))
        .min(Comparator.comparing(Deletion::markedAt))
        .map(mark -> new Marked(mark.organization(), mark.path()));
  }

  @Override
  public Removed removeSome(Marked tree, int most) {
    var removed = Removed.NOTHING;
    var left = most;
    for (var run : tree(tree.root())) {
      if (left <= 0) {
        break;
      }
      var one = remove(run, left * LINES_PER_RUN);
      removed = removed.plus(one);
      left = one.runs() == 0 ? 0 : left - 1;
    }
    if (tree(tree.root()).isEmpty()) {
      runs.expired().remove(tree.root());
    }
    note(tree.organization(), removed);
    return removed;
  }

  @Override
  public Removed weigh(Due due, List<RunPath> roots) {
    var weight = Removed.NOTHING;
    for (var root : roots) {
      var tree = tree(root);
      if (!tree.isEmpty() && isDue(due, tree.getLast()) && isAtRest(root)) {
        var booked = tree.stream().mapToLong(run -> linesOf(run).size()).sum();
        weight = weight.plus(new Removed(1, tree.size(), booked));
      }
    }
    return weight;
  }

  @Override
  public Optional<Untold> tell() {
    return untold.keys().stream()
        .findFirst()
        .map(organization ->
            new Untold(organization, Objects.requireNonNull(untold.remove(organization))));
  }

  private boolean isDue(Due due, Run run) {
    return run.path().isRoot()
        && run.organization().equals(due.organization())
        && run.stateName() == due.state()
        && endOf(run).isBefore(due.endedBefore())
        && runs.isVisible(run.id());
  }

  private boolean isAtRest(RunPath root) {
    return tree(root).stream().noneMatch(run -> run.stateName().isLive())
        && runs.marks().keys().stream().noneMatch(mark -> mark.isWithin(root));
  }

  /** The root last. */
  private List<Run> tree(RunPath root) {
    return runs.stored().stream()
        .filter(run -> run.path().isWithin(root))
        .sorted(DEEPEST_FIRST)
        .toList();
  }

  private List<CostLine> linesOf(Run run) {
    return lines.of(run.id(), Optional.empty(), Integer.MAX_VALUE);
  }

  private Removed remove(Run run, int mostLines) {
    var gone = lines.removeOf(run.id(), mostLines);
    gone.forEach(line -> retained.addLine(run, line));
    if (!linesOf(run).isEmpty()) {
      var deltas = new ArrayList<Delta>();
      gone.forEach(
          line -> Delta.ofLine(run.path(), line).forEach(delta -> deltas.add(delta.reversed())));
      ledger.add(Delta.merged(deltas));
      return new Removed(0, 0, gone.size());
    }
    retained.addRun(run);
    ledger.forget(run.id());
    jobs.forget(run.id());
    runs.remove(run.id());
    return new Removed(run.path().isRoot() ? 1 : 0, 1, gone.size());
  }

  private void note(OrganizationId organization, Removed removed) {
    if (!removed.isNothing()) {
      var before = untold.get(organization);
      untold.put(organization, before == null ? removed : before.plus(removed));
    }
  }

  private static Instant endOf(Run run) {
    var end = run.endedAt();
    return end == null ? Instant.MAX : end;
  }
}
