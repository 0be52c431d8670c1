package dev.runs.application.lineage;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.run.RunId;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** Names of runs in memory. */
public final class InMemoryLineageRuns implements LineageRuns {

  private final InMemoryTransactions.Table<LineageKey, RunId> rows;

  public InMemoryLineageRuns(InMemoryTransactions transactions, InMemoryRuns runs) {
    this.rows = transactions.table(Comparator.comparing(LineageKey::toString));
    runs.whenRemoved(this::forget);
  }

  @Override
  public Optional<RunId> find(LineageKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public void add(LineageKey key, RunId run) {
    if (rows.has(key) || rows.all().contains(run)) {
      throw new Taken(new IllegalStateException(key + " or " + run + " is named already"));
    }
    rows.put(key, run);
  }

  private void forget(RunId run) {
    for (var key : rows.keys()) {
      if (Objects.equals(rows.get(key), run)) {
        rows.remove(key);
      }
    }
  }
}
