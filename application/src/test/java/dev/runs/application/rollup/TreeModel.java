package dev.runs.application.rollup;

import dev.runs.domain.cost.CostLine;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Runs and lines as they ought to be, in the plainest form, and what they add up to. */
final class TreeModel {

  private final Map<RunId, Run> runs = new LinkedHashMap<>();
  private final List<CostLine> lines = new ArrayList<>();

  void put(Run run) {
    runs.put(run.id(), run);
  }

  void book(List<CostLine> booked) {
    lines.addAll(booked);
  }

  /** Removes a run, everything below it, and what that cost. */
  void remove(Run root) {
    runs.values().removeIf(run -> run.path().isWithin(root.path()));
    lines.removeIf(line -> !runs.containsKey(line.run()));
  }

  List<Run> runs() {
    return List.copyOf(runs.values());
  }

  List<CostLine> lines() {
    return List.copyOf(lines);
  }

  Run run(RunId id) {
    var run = runs.get(id);
    if (run == null) {
      throw new IllegalArgumentException("there is no run " + id);
    }
    return run;
  }

  Run anyRun(RandomGenerator random) {
    return runs().get(random.nextInt(runs.size()));
  }

  Rollup rollup(Run node) {
    var own = new LinkedHashMap<Measure, BigDecimal>();
    var total = new LinkedHashMap<Measure, BigDecimal>();
    for (var run : runs.values()) {
      if (run.path().isWithin(node.path()) && !run.id().equals(node.id())) {
        total.merge(new Measure.Descendants(run.stateName()), BigDecimal.ONE, BigDecimal::add);
      }
    }
    for (var line : lines) {
      if (run(line.run()).path().isWithin(node.path())) {
        var cost = new Measure.Cost(line.name());
        var used = new Measure.Used(line.name());
        total.merge(cost, line.total().cents(), BigDecimal::add);
        total.merge(used, line.quantity().value(), BigDecimal::add);
        if (line.run().equals(node.id())) {
          own.merge(cost, line.total().cents(), BigDecimal::add);
          own.merge(used, line.quantity().value(), BigDecimal::add);
        }
      }
    }
    return Rollup.of(
        total.entrySet().stream()
            .map(sum ->
                new Rollup.Sum(
                    sum.getKey(), own.getOrDefault(sum.getKey(), BigDecimal.ZERO), sum.getValue()))
            .toList());
  }
}
