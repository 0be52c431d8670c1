package dev.runs.application.rollup;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledger in memory, kept as the databases keep it: deltas that wait, and the sums they are
 * folded into.
 */
public final class InMemoryLedger implements Ledger {

  private record Node(RunId run, String measure) {}

  /**
   * @param hasOwn whether anything of the run's own was ever added, be it zero
   */
  private record Amounts(Measure measure, BigDecimal own, BigDecimal total, boolean hasOwn) {

    static Amounts nothing(Measure measure) {
      return new Amounts(measure, BigDecimal.ZERO, BigDecimal.ZERO, false);
    }

    Amounts plus(BigDecimal amount, boolean isOwn) {
      return new Amounts(
          measure, isOwn ? own.add(amount) : own, total.add(amount), hasOwn || isOwn);
    }
  }

  private final InMemoryTransactions transactions;
  private final InMemoryTransactions.Table<Long, Delta> pending;
  private final InMemoryTransactions.Table<Node, Amounts> folded;
  private final InMemoryRuns runs;

  public InMemoryLedger(InMemoryTransactions transactions, InMemoryRuns runs) {
    this.transactions = transactions;
    this.pending = transactions.table(Comparator.<Long>naturalOrder());
    this.folded = transactions.table(Comparator.comparing(Node::run).thenComparing(Node::measure));
    this.runs = runs;
  }

  @Override
  public void add(List<Delta> deltas) {
    for (var delta : deltas) {
      var last = pending.lastKey();
      pending.put(last == null ? 1 : last + 1, delta);
    }
  }

  @Override
  public Rollup of(RunPath run) {
    return Rollup.of(
        amountsOf(run).stream()
            .map(sum -> new Rollup.Sum(sum.measure(), sum.own(), sum.total()))
            .toList());
  }

  @Override
  public Map<RunId, Rollup> ofAll(Collection<RunPath> of) {
    return transactions.reading(() -> {
      var rollups = new LinkedHashMap<RunId, Rollup>();
      of.forEach(run -> rollups.put(run.run(), of(run)));
      return rollups;
    });
  }

  @Override
  public Map<RunId, Money> ownCosts(Collection<RunPath> of) {
    return transactions.reading(() -> {
      var costs = new LinkedHashMap<RunId, Money>();
      for (var run : of) {
        for (var sum : amountsOf(run)) {
          if (sum.hasOwn() && sum.measure() instanceof Measure.Cost) {
            costs.merge(run.run(), new Money(sum.own()), Money::plus);
          }
        }
      }
      return costs;
    });
  }

  @Override
  public int fold(int most) {
    var moved = pending.keys().stream().limit(most).toList();
    for (var key : moved) {
      var delta = pending.remove(key);
      if (delta != null) {
        delta.path().ids().forEach(node -> fold(delta, node));
      }
    }
    return moved.size();
  }

  /** How many deltas wait. */
  int pending() {
    return pending.size();
  }

  /** Drops the sums of a run that is removed. */
  public void forget(RunId run) {
    folded.keysBetween(first(run), last(run)).forEach(folded::remove);
  }

  private void fold(Delta delta, RunId run) {
    if (runs.isStored(run)) {
      var node = new Node(run, delta.measure().key());
      var there = folded.get(node);
      var before = there == null ? Amounts.nothing(delta.measure()) : there;
      folded.put(node, before.plus(delta.amount(), isOwnOf(delta, run)));
    }
  }

  private Collection<Amounts> amountsOf(RunPath run) {
    return transactions.reading(() -> {
      var sums = new LinkedHashMap<Measure, Amounts>();
      for (var sum : folded.between(first(run.run()), last(run.run()))) {
        sums.put(sum.measure(), sum);
      }
      for (var delta : pending.all()) {
        if (delta.path().isWithin(run)) {
          sums.compute(
              delta.measure(),
              (measure, before) ->
                  (before == null ? Amounts.nothing(measure) : before)
                      .plus(delta.amount(), isOwnOf(delta, run.run())));
        }
      }
      return List.copyOf(sums.values());
    });
  }

  private static Node first(RunId run) {
    return new Node(run, "");
  }

  private static Node last(RunId run) {
    return new Node(run, "\uffff");
  }

  private static boolean isOwnOf(Delta delta, RunId run) {
    return delta.own() && delta.path().run().equals(run);
  }
}
