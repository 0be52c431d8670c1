package dev.runs.application.pipeline;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Principal;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.List;

/** Shows a run as a run of a pipeline, with what validated its data. */
public final class ShowPipelineRun {

  private final Runs runs;
  private final PipelineRuns pipelines;
  private final DescribePipelineRuns describe;
  private final Transactions transactions;

  public ShowPipelineRun(
      Runs runs, PipelineRuns pipelines, DescribePipelineRuns describe, Transactions transactions) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.describe = describe;
    this.transactions = transactions;
  }

  /**
   * Any run can be shown so, whatever made it.
   *
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   */
  public PipelineRunView show(Caller caller, RunId id) {
    return transactions.inSnapshot(() -> {
      var run = runs.get(caller.reach(), id);
      var known = pipelines.findAll(List.of(id)).get(id);
      return describe.of(run, known == null ? PipelineRun.unknown(id, Principal.SYSTEM) : known);
    });
  }
}
