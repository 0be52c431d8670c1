package dev.runs.application.action;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.queue.InMemoryJobs;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.Document;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of actions, in memory. */
public final class InMemoryActions implements Actions {

  private final InMemoryTransactions transactions;
  private final InMemoryRuns runs;
  private final InMemoryJobs jobs;
  private final InMemoryTransactions.Table<RunId, Added> rows;
  private final InMemoryTransactions.Table<RunId, ActionStatus> statuses;

  public InMemoryActions(InMemoryTransactions transactions, InMemoryRuns runs, InMemoryJobs jobs) {
    this.transactions = transactions;
    this.runs = runs;
    this.jobs = jobs;
    this.rows = transactions.table(Comparator.<RunId>naturalOrder());
    this.statuses = transactions.table(Comparator.<RunId>naturalOrder());
    runs.whenRemoved(run -> {
      rows.remove(run);
      statuses.remove(run);
    });
  }

  @Override
  public Map<ActionAddress, Run> findAll(Collection<ActionAddress> addresses) {
    return transactions.reading(() -> {
      var wanted = new HashSet<>(addresses);
      var roots = new HashMap<RunId, Run>();
      runs.stored().stream()
          .filter(run -> run.path().isRoot())
          .forEach(run -> roots.put(run.id(), run));
      var found = new HashMap<ActionAddress, Run>();
      for (var run : runs.visible()) {
        var root = roots.get(run.path().root());
        if (root != null) {
          var address = NewActions.addressOf(root, run);
          if (wanted.contains(address)) {
            found.put(address, run);
          }
        }
      }
      return found;
    });
  }

  @Override
  public Map<RunId, Run> hold(Collection<RunId> held) {
    return runs.stored().stream()
        .filter(run -> held.contains(run.id()))
        .collect(Collectors.toMap(Run::id, run -> run));
  }

  @Override
  public void addAll(List<Added> added) {
    for (var one : added) {
      rows.put(one.run().id(), one);
      one.inputs().ifPresent(inputs -> jobs.give(one.run().id(), inputs));
      if (!one.status().equals(ActionStatus.NONE)) {
        statuses.put(one.run().id(), one.status());
      }
    }
  }

  @Override
  public Map<RunId, ActionStatus> statuses(Collection<RunId> wanted) {
    return transactions.reading(() -> {
      var found = new HashMap<RunId, ActionStatus>();
      for (var run : wanted) {
        var status = statuses.get(run);
        if (status != null) {
          found.put(run, status);
        }
      }
      return found;
    });
  }

  @Override
  public void saveStatuses(Map<RunId, ActionStatus> saved) {
    saved.forEach(statuses::put);
  }

  @Override
  public Optional<ActionFacts> facts(RunId run) {
    return added(run).map(Added::facts);
  }

  Optional<Added> added(RunId run) {
    return Optional.ofNullable(rows.get(run));
  }

  /** The specification of a task, whichever action came with it. */
  Optional<Document> taskSpec(Run run, String digest) {
    return rows.all().stream()
        .filter(added -> added.run().organization().equals(run.organization()))
        .flatMap(added -> added.taskSpec().stream())
        .filter(spec -> spec.digest().equals(digest))
        .findFirst();
  }

  /** The runs that are not being deleted, within a reach. */
  List<Run> visible(Reach reach) {
    return runs.visible().stream()
        .filter(run -> reach.includes(run.organization(), run.space().project()))
        .toList();
  }

  InMemoryRuns runs() {
    return runs;
  }
}
