package dev.runs.application.cost;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Cost lines in memory. */
public final class InMemoryCostLines implements CostLines {

  private static final Comparator<CostLineId> WRITTEN_FIRST =
      Comparator.comparing(id -> new RunId(id.value()));

  private final InMemoryTransactions.Table<CostLineId, CostLine> rows;
  private final InMemoryRuns runs;

  public InMemoryCostLines(InMemoryTransactions transactions, InMemoryRuns runs) {
    this.rows = transactions.table(WRITTEN_FIRST);
    this.runs = runs;
  }

  @Override
  public void addAll(List<CostLine> lines) {
    for (var line : lines) {
      if (!runs.isStored(line.run())) {
        throw new RunRejected.NotFound();
      }
      if (rows.has(line.id())) {
        throw new IllegalStateException("there is a line " + line.id() + " already");
      }
      rows.put(line.id(), line);
    }
  }

  @Override
  public Map<CostLineId, CostLine> findAll(Collection<CostLineId> ids) {
    return rows.all().stream()
        .filter(line -> ids.contains(line.id()))
        .collect(Collectors.toMap(CostLine::id, line -> line));
  }

  @Override
  public List<CostLine> of(RunId run, Optional<CostLineId> after, int limit) {
    return rows.all().stream()
        .filter(line -> line.run().equals(run))
        .filter(line -> after.isEmpty() || WRITTEN_FIRST.compare(line.id(), after.get()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public Map<RunId, List<CostLine>> firstOf(Collection<RunId> runs, int mostPerRun) {
    return rows.all().stream()
        .filter(line -> runs.contains(line.run()))
        .collect(
            Collectors.groupingBy(
                CostLine::run,
                Collectors.collectingAndThen(
                    Collectors.toList(), lines -> lines.stream().limit(mostPerRun).toList())));
  }

  /** All lines there are, in the order they were written. */
  public List<CostLine> all() {
    return rows.all();
  }

  /**
   * Removes the first lines of a run.
   *
   * @return the removed lines
   */
  public List<CostLine> removeOf(RunId run, int most) {
    var removed = of(run, Optional.empty(), most);
    removed.forEach(line -> rows.remove(line.id()));
    return removed;
  }
}
