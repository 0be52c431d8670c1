package dev.runs.application.queue;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs in memory. */
public final class InMemoryJobs implements Jobs {

  private final InMemoryTransactions transactions;
  private final InMemoryTransactions.Table<RunId, Job> rows;
  private final InMemoryTransactions.Table<RunId, Payloads> payloads;
  private final InMemoryTransactions.Table<OwnedKey, RunId> keys;

  public InMemoryJobs(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.rows = transactions.table(Comparator.<RunId>naturalOrder());
    this.payloads = transactions.table(Comparator.<RunId>naturalOrder());
    this.keys =
        transactions.table(
            Comparator.comparing((OwnedKey owned) -> owned.organization().value())
                .thenComparing(owned -> owned.key().value()));
  }

  @Override
  public void addAll(List<NewJob> jobs) {
    for (var added : jobs) {
      var job = added.job();
      job.key()
          .map(key -> new OwnedKey(added.organization(), key))
          .ifPresent(key -> take(key, job.run()));
      rows.put(job.run(), job);
      payloads.put(job.run(), new Payloads(added.input(), Optional.empty()));
    }
  }

  @Override
  public Map<RunId, Job> findAll(Collection<RunId> runs) {
    return found(runs, rows);
  }

  @Override
  public Map<OwnedKey, Job> findAllByKey(Collection<OwnedKey> wanted) {
    return transactions.reading(() -> {
      var found = new LinkedHashMap<OwnedKey, Job>();
      for (var key : wanted) {
        var run = keys.get(key);
        if (run != null) {
          found.putAll(Map.of(key, find(run).orElseThrow()));
        }
      }
      return found;
    });
  }

  @Override
  public void saveAll(List<Job> jobs) {
    jobs.stream().filter(job -> rows.has(job.run())).forEach(job -> rows.put(job.run(), job));
  }

  @Override
  public Map<RunId, Payloads> payloads(Collection<RunId> runs) {
    return found(runs, payloads);
  }

  @Override
  public void addOutput(RunId run, Payload output) {
    var before = payloads.get(run);
    if (before != null && before.output().isEmpty()) {
      payloads.put(run, new Payloads(before.input(), Optional.of(output)));
    }
  }

  /** Keeps what a run is given that does not wait here. */
  public void give(RunId run, Payload input) {
    payloads.put(run, new Payloads(input, Optional.empty()));
  }

  /** What the queue knows of a run goes with the run. */
  public void forget(RunId run) {
    payloads.remove(run);
    if (rows.remove(run) != null) {
      keys.keys().stream().filter(key -> run.equals(keys.get(key))).forEach(keys::remove);
    }
  }

  private void take(OwnedKey key, RunId run) {
    if (keys.has(key)) {
      throw new KeyTaken(new IllegalStateException(key + " is taken"));
    }
    keys.put(key, run);
  }

  private <V> Map<RunId, V> found(
      Collection<RunId> runs, InMemoryTransactions.Table<RunId, V> table) {
    return transactions.reading(() -> {
      var found = new LinkedHashMap<RunId, V>();
      for (var run : runs) {
        var row = table.get(run);
        if (row != null) {
          found.put(run, row);
        }
      }
      return found;
    });
  }
}
