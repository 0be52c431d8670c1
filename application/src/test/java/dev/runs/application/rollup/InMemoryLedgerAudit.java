package dev.runs.application.rollup;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.cost.InMemoryCostLines;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Adds up the runs and lines in memory without looking at the ledger. */
public final class InMemoryLedgerAudit implements LedgerAudit {

  private final InMemoryTransactions transactions;
  private final InMemoryRuns runs;
  private final InMemoryCostLines lines;
  private final InMemoryLedger ledger;

  public InMemoryLedgerAudit(
      InMemoryTransactions transactions,
      InMemoryRuns runs,
      InMemoryCostLines lines,
      InMemoryLedger ledger) {
    this.transactions = transactions;
    this.runs = runs;
    this.lines = lines;
    this.ledger = ledger;
  }

  @Override
  public List<RunPath> sample(Optional<RunId> after, int most) {
    return runs.stored().stream()
        .filter(run -> runs.isVisible(run.id()))
        .filter(run -> after.isEmpty() || run.id().compareTo(after.get()) > 0)
        .map(Run::path)
        .limit(most)
        .toList();
  }

  @Override
  public Rollup recount(RunPath run) {
    return transactions.reading(() -> {
      var sums = new ArrayList<Rollup.Sum>();
      for (var within : runs.stored()) {
        if (within.path().isWithin(run)) {
          count(within, within.path().equals(run), sums);
        }
      }
      return Rollup.of(added(sums));
    });
  }

  @Override
  public int pending(int most) {
    return Math.min(most, ledger.pending());
  }

  private void count(Run run, boolean isOwn, List<Rollup.Sum> sums) {
    if (!isOwn) {
      sums.add(sum(new Measure.Descendants(run.stateName()), BigDecimal.ONE, false));
    }
    for (CostLine line : lines.of(run.id(), Optional.empty(), Integer.MAX_VALUE)) {
      sums.add(sum(new Measure.Cost(line.name()), line.total().cents(), isOwn));
      sums.add(sum(new Measure.Used(line.name()), line.quantity().value(), isOwn));
    }
  }

  private static Rollup.Sum sum(Measure measure, BigDecimal amount, boolean isOwn) {
    return new Rollup.Sum(measure, isOwn ? amount : BigDecimal.ZERO, amount);
  }

  private static List<Rollup.Sum> added(List<Rollup.Sum> sums) {
    var added = new LinkedHashMap<Measure, Rollup.Sum>();
    for (var sum : sums) {
      added.merge(
          sum.measure(),
          sum,
          (one, other) ->
              new Rollup.Sum(
                  one.measure(), one.own().add(other.own()), one.total().add(other.total())));
    }
    return List.copyOf(added.values());
  }
}
