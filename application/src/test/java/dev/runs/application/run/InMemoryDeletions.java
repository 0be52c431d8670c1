package dev.runs.application.run;

import dev.runs.application.cost.InMemoryCostLines;
import dev.runs.application.queue.InMemoryJobs;
import dev.runs.application.queue.Leases;
import dev.runs.application.queue.WaitingRuns;
import dev.runs.application.rollup.InMemoryLedger;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Deletions in memory. */
public final class InMemoryDeletions implements Deletions {

  private static final Comparator<Run> DEEPEST_FIRST =
      Comparator.comparingInt((Run run) -> run.path().depth()).reversed().thenComparing(Run::path);

  private final InMemoryRuns runs;
  private final InMemoryCostLines lines;
  private final InMemoryLedger ledger;
  private final InMemoryJobs jobs;
  private final WaitingRuns waiting;
  private final Leases leases;

  public InMemoryDeletions(
      InMemoryRuns runs,
      InMemoryCostLines lines,
      InMemoryLedger ledger,
      InMemoryJobs jobs,
      WaitingRuns waiting,
      Leases leases) {
    this.runs = runs;
    this.lines = lines;
    this.ledger = ledger;
    this.jobs = jobs;
    this.waiting = waiting;
    this.leases = leases;
  }

  @Override
  public void mark(Deletion deletion) {
    if (!runs.isVisible(deletion.path().run()) && !runs.marks().has(deletion.path())) {
      throw new RunRejected.NotFound();
    }
    if (!runs.marks().has(deletion.path())) {
      runs.marks().put(deletion.path(), deletion);
    }
  }

  @Override
  public Optional<Deletion> next() {
    return runs.marks().all().stream().min(Comparator.comparing(Deletion::markedAt));
  }

  @Override
  public boolean removeSome(RunPath subtree, int most) {
    var deepest =
        runs.stored().stream()
            .filter(run -> run.path().isWithin(subtree))
            .sorted(DEEPEST_FIRST)
            .toList();
    var deltas = new ArrayList<Delta>();
    var left = most;
    for (var run : deepest) {
      var removed = lines.removeOf(run.id(), left);
      for (var line : removed) {
        Delta.ofLine(run.path(), line).forEach(delta -> deltas.add(delta.reversed()));
      }
      left -= removed.size();
      if (left == 0) {
        break;
      }
      remove(run, deltas);
      left--;
    }
    ledger.add(Delta.merged(deltas));
    return deepest.stream().noneMatch(run -> runs.isStored(run.id()));
  }

  @Override
  public void finish(RunPath subtree) {
    runs.marks().remove(subtree);
  }

  private void remove(Run run, List<Delta> deltas) {
    deltas.addAll(Delta.ofRemoved(run.path(), run.stateName()));
    ledger.forget(run.id());
    waiting.removeAll(List.of(run.id()));
    leases.removeAll(List.of(run.id()));
    jobs.forget(run.id());
    runs.remove(run.id());
  }
}
