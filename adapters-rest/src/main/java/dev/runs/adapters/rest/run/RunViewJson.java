package dev.runs.adapters.rest.run;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runs.adapters.rest.cost.CostJson;
import dev.runs.application.run.RunJobs;
import dev.runs.application.tree.ShowRun.RunView;
import dev.runs.domain.queue.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run with everything that is known of it.
 *
 * @param input what a queued run was given
 * @param output what it gave back, unless it only said where that lies
 * @param costs the first of its own lines; the totals count all of them
 * @param descendantCounts how many runs below are in each state
 * @param descendantRuns the first of the runs below, level by level
 * @param costsNextCursor where its lines go on; null when all are shown
 * @param descendantRunsNextCursor where its tree goes on; null when all of it is shown
 */
record RunViewJson(
    @JsonUnwrapped RunJson run,
    @JsonRawValue @Nullable String input,
    @JsonRawValue @Nullable String output,
    List<CostJson> costs,
    String totalCostInUsdCents,
    String ownCostInUsdCents,
    String childrenCostInUsdCents,
    List<CostTotalJson> costsByName,
    Map<String, Long> descendantCounts,
    List<DescendantJson> descendantRuns,
    @Nullable String costsNextCursor,
    @Nullable String descendantRunsNextCursor,
    LinksJson links) {

  /** Where to read on. */
  record LinksJson(String tree, String costs) {}

  static RunViewJson of(RunView view) {
    var run = RunJson.of(view.run(), view.facts());
    var rollup = view.rollup();
    return new RunViewJson(
        run,
        view.payloads().map(its -> its.input().json()).orElse(null),
        view.payloads().flatMap(RunJobs.Payloads::output).map(Payload::json).orElse(null),
        view.lines().items().stream().map(CostJson::of).toList(),
        rollup.totalCost().toString(),
        rollup.ownCost().toString(),
        rollup.childrenCost().toString(),
        CostTotalJson.of(rollup),
        RunNodeJson.counts(rollup),
        view.descendants().items().stream().map(DescendantJson::of).toList(),
        view.lines().next().orElse(null),
        view.descendants().next().orElse(null),
        new LinksJson(
            "/v1/runs/%s/tree".formatted(run.id()), "/v1/runs/%s/costs".formatted(run.id())));
  }
}
