package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.cost.CostJson;
import dev.runs.application.tree.ShowRun.Descendant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run below the one that is shown.
 *
 * @param costs the first of its own lines
 * @param hasMoreCosts whether it has lines that are not shown; its own cost counts them all
 */
record DescendantJson(
    String id,
    @Nullable String parentRunId,
    String serviceName,
    String taskName,
    String status,
    String state,
    @Nullable String startedAt,
    @Nullable String completedAt,
    List<CostJson> costs,
    String ownCostInUsdCents,
    boolean hasMoreCosts) {

  static DescendantJson of(Descendant descendant) {
    var run = RunJson.of(descendant.run(), descendant.facts());
    return new DescendantJson(
        run.id(),
        run.parentRunId(),
        run.serviceName(),
        run.taskName(),
        run.status(),
        run.state(),
        run.startedAt(),
        run.completedAt(),
        descendant.lines().stream().map(CostJson::of).toList(),
        descendant.ownCost().toString(),
        descendant.hasMoreLines());
  }
}
