package dev.runs.adapters.rest.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runs.application.tree.ShowRun.Node;
import dev.runs.domain.rollup.Rollup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of a tree, with what it and everything below it add up to.
 *
 * @param depth 1 for the root of its tree
 */
record RunNodeJson(
    @JsonUnwrapped RunJson run,
    int depth,
    String totalCostInUsdCents,
    String ownCostInUsdCents,
    String childrenCostInUsdCents,
    List<CostTotalJson> costsByName,
    Map<String, Long> descendantCounts) {

  static RunNodeJson of(Node node) {
    var rollup = node.rollup();
    return new RunNodeJson(
        RunJson.of(node.run(), node.facts()),
        node.run().path().depth(),
        rollup.totalCost().toString(),
        rollup.ownCost().toString(),
        rollup.childrenCost().toString(),
        CostTotalJson.of(rollup),
        counts(rollup));
  }

  /** How many runs below are in each state, in the order of the states. */
  static Map<String, Long> counts(Rollup rollup) {
    var counts = new LinkedHashMap<String, Long>();
    rollup.descendants().forEach((state, count) -> counts.put(state.wireName(), count));
    return counts;
  }
}
