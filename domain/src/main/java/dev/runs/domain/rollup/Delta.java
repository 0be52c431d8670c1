package dev.runs.domain.rollup;

import dev.runs.domain.cost.CostLine;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A change of one measure at one run, which counts for that run and for every run above it. A write
 * adds the deltas of its facts beside them; no run above is touched.
 *
 * @param path the run at which the change counts first
 * @param own whether it is that run's own, and not only something below it
 * @param amount signed, with the measure's decimals
 */
public record Delta(RunPath path, boolean own, Measure measure, BigDecimal amount) {

  public Delta {
    amount = amount.setScale(measure.scale());
  }

  /** What a cost line adds at its run. */
  public static List<Delta> ofLine(RunPath run, CostLine line) {
    return List.of(
        new Delta(run, true, new Measure.Cost(line.name()), line.total().cents()),
        new Delta(run, true, new Measure.Used(line.name()), line.quantity().value()));
  }

  /** What a new run adds to those above it; nothing when it is a root. */
  public static List<Delta> ofCreated(Run run) {
    return ofDescendant(run.path(), run.stateName(), 1);
  }

  /** What the removal of a run takes from those above it. */
  public static List<Delta> ofRemoved(RunPath run, StateName state) {
    return ofDescendant(run, state, -1);
  }

  /** What a change of state moves for those above it. */
  public static List<Delta> ofMove(Run before, Run after) {
    if (before.stateName() == after.stateName()) {
      return List.of();
    }
    var deltas = new ArrayList<>(ofDescendant(before.path(), before.stateName(), -1));
    deltas.addAll(ofDescendant(after.path(), after.stateName(), 1));
    return List.copyOf(deltas);
  }

  /** The opposite change. */
  public Delta reversed() {
    return new Delta(path, own, measure, amount.negate());
  }

  /** One delta for each run and measure, and none that changes nothing. */
  public static List<Delta> merged(List<Delta> deltas) {
    record Key(RunPath path, boolean own, Measure measure) {}
    var sums = new LinkedHashMap<Key, BigDecimal>();
    for (var delta : deltas) {
      sums.merge(new Key(delta.path, delta.own, delta.measure), delta.amount, BigDecimal::add);
    }
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue().signum() != 0 || sum.getKey().own())
        .map(sum ->
            new Delta(
                sum.getKey().path(), sum.getKey().own(), sum.getKey().measure(), sum.getValue()))
        .toList();
  }

  private static List<Delta> ofDescendant(RunPath run, StateName state, int count) {
    return run.isRoot()
        ? List.of()
        : List.of(
            new Delta(
                run.parentPath(),
                false,
                new Measure.Descendants(state),
                BigDecimal.valueOf(count)));
  }
}
