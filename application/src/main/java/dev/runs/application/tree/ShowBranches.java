package dev.runs.application.tree;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.RunTree;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Scope;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Shows where below a run the costs lie: its costliest children, their costliest children, and so
 * on.
 *
 * <p>The sums are exact: what a run and its shown children do not cost is in its rest. Only which
 * children are shown is approximated. Of a run with many children the first {@value #MOST_CHILDREN}
 * in the order of their making are looked at, of the runs below it the first {@value
 * #MOST_GRANDCHILDREN}, so a costly one behind them is in the rest. What costs less than a
 * hundredth of the whole is not opened.
 */
public final class ShowBranches {

  /** How many levels below the run are shown. */
  public static final int LEVELS = 3;

  /** How many children of one run are shown. */
  public static final int MOST_SHOWN = 12;

  /** How many children of the run are looked at. */
  public static final int MOST_CHILDREN = 1_000;

  /** How many children of each run below it are looked at. */
  public static final int MOST_GRANDCHILDREN = 100;

  private static final BigDecimal WORTH_OPENING = new BigDecimal("0.01");

  private static final Comparator<Branch> COSTLIEST_FIRST =
      Comparator.comparing((Branch branch) -> branch.total().cents())
          .reversed()
          .thenComparing(branch -> branch.run().id());

  private final Runs runs;
  private final RunTree tree;
  private final Ledger ledger;
  private final Transactions transactions;

  public ShowBranches(Runs runs, RunTree tree, Ledger ledger, Transactions transactions) {
    this.runs = runs;
    this.tree = tree;
    this.ledger = ledger;
    this.transactions = transactions;
  }

  /**
   * A run and what it costs: {@code total = own + children shown + rest}.
   *
   * @param total of the run and everything below it
   * @param children the costliest first, at most {@value #MOST_SHOWN}; none of a run that was not
   *     opened
   * @param rest what the runs below cost that are not shown; below zero when more was taken back
   *     from them than booked
   */
  public record Branch(Run run, Money own, Money total, List<Branch> children, Money rest) {

    public Branch {
      children = List.copyOf(children);
    }
  }

  /**
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws dev.runs.domain.access.AccessRejected.ScopeMissing when the caller may not read runs
   */
  public Branch show(Caller caller, RunId id) {
    caller.require(Scope.RUNS_READ);
    return transactions.inSnapshot(() -> {
      var run = runs.get(caller.reach(), id);
      var rollup = ledger.of(run.path());
      var threshold = rollup.totalCost().cents().abs().multiply(WORTH_OPENING);
      return branch(run, rollup, LEVELS, MOST_CHILDREN, threshold);
    });
  }

  private Branch branch(Run run, Rollup rollup, int levels, int looked, BigDecimal threshold) {
    var own = rollup.ownCost();
    var total = rollup.totalCost();
    var isOpened =
        levels > 0
            && rollup.descendantCount() > 0
            && rollup.childrenCost().cents().signum() != 0
            && total.cents().compareTo(threshold) >= 0;
    var children = isOpened ? children(run, levels, looked, threshold) : List.<Branch>of();
    var shown = children.stream().map(Branch::total).reduce(Money.ZERO, Money::plus);
    return new Branch(run, own, total, children, total.minus(own).minus(shown));
  }

  private List<Branch> children(Run run, int levels, int looked, BigDecimal threshold) {
    var found = tree.below(run.path(), Optional.empty(), 1, looked);
    var rollups = ledger.ofAll(found.stream().map(Run::path).toList());
    return found.stream()
        .map(child -> closed(child, rollups.getOrDefault(child.id(), Rollup.EMPTY)))
        .filter(child -> child.total().cents().signum() > 0)
        .sorted(COSTLIEST_FIRST)
        .limit(MOST_SHOWN)
        .map(child ->
            branch(
                child.run(),
                rollups.getOrDefault(child.run().id(), Rollup.EMPTY),
                levels - 1,
                MOST_GRANDCHILDREN,
                threshold))
        .toList();
  }

  private static Branch closed(Run run, Rollup rollup) {
    return new Branch(run, rollup.ownCost(), rollup.totalCost(), List.of(), rollup.childrenCost());
  }
}
