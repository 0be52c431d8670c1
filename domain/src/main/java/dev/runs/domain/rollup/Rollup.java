package dev.runs.domain.rollup;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run and everything below it add up to, at one moment.
 *
 * @param costs by name, in the order of the names; names of which nothing is left are absent
 * @param descendants how many runs below are in each state; states of none are absent
 */
public record Rollup(List<CostTotal> costs, Map<StateName, Long> descendants) {

  public static final Rollup EMPTY = new Rollup(List.of(), Map.of());

  /**
   * One measure's sums at the run.
   *
   * @param own of the run itself; zero when it has nothing of its own
   * @param total of the run and everything below it
   */
  public record Sum(Measure measure, BigDecimal own, BigDecimal total) {}

  public Rollup {
    costs = List.copyOf(costs);
    descendants = Collections.unmodifiableMap(new TreeMap<>(descendants));
  }

  /** Sorts sums by what they measure. */
  public static Rollup of(List<Sum> sums) {
    var costs = new TreeMap<CostName, CostTotal>();
    var descendants = new EnumMap<StateName, Long>(StateName.class);
    for (var sum : sums) {
      switch (sum.measure()) {
        case Measure.Cost(var name) ->
            costs.merge(
                name,
                new CostTotal(
                    name,
                    new Money(sum.own()),
                    new Money(sum.total()),
                    BigDecimal.ZERO,
                    BigDecimal.ZERO),
                Rollup::joined);
        case Measure.Used(var name) ->
            costs.merge(
                name,
                new CostTotal(name, Money.ZERO, Money.ZERO, sum.own(), sum.total()),
                Rollup::joined);
        case Measure.Descendants(var state) -> {
          if (sum.total().signum() != 0) {
            descendants.put(state, sum.total().longValueExact());
          }
        }
      }
    }
    return new Rollup(
        costs.values().stream().filter(total -> !total.isNothing()).toList(), descendants);
  }

  public Money ownCost() {
    return costs.stream().map(CostTotal::own).reduce(Money.ZERO, Money::plus);
  }

  public Money totalCost() {
    return costs.stream().map(CostTotal::total).reduce(Money.ZERO, Money::plus);
  }

  public Money childrenCost() {
    return totalCost().minus(ownCost());
  }

  public long descendantCount() {
    return descendants.values().stream().mapToLong(Long::longValue).sum();
  }

  private static CostTotal joined(CostTotal one, CostTotal other) {
    return new CostTotal(
        one.name(),
        one.own().plus(other.own()),
        one.total().plus(other.total()),
        one.ownQuantity().add(other.ownQuantity()),
        one.totalQuantity().add(other.totalQuantity()));
  }
}
