package dev.runs.application.pipeline;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.NewRunWriter.Order;
import dev.runs.domain.access.Scope;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.StateName;
import java.time.InstantSource;
import java.util.Optional;

/** Records that a pipeline runs, or is going to, or has run. */
public final class RecordPipelineRun {

  private final NewRunWriter writer;
  private final PipelineRuns pipelines;
  private final DescribePipelineRuns describe;
  private final Transactions transactions;
  private final InstantSource clock;

  public RecordPipelineRun(
      NewRunWriter writer,
      PipelineRuns pipelines,
      DescribePipelineRuns describe,
      Transactions transactions,
      InstantSource clock) {
    this.writer = writer;
    this.pipelines = pipelines;
    this.describe = describe;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** In the organization in which the caller acts. */
  public PipelineRunView record(
      Caller caller, NewPipelineRun run, Receipt<PipelineRunView> receipt) {
    caller.require(Scope.RUNS_WRITE);
    var now = clock.instant();
    var state = run.state().apply(now);
    var order =
        Order.of(
            caller,
            NewRun.begun(
                caller.organization(),
                run.project(),
                new RunOrigin(PipelineFacts.SERVICE, run.facts().task()),
                run.parent().map(NewRun.Parent.Existing::new),
                run.given(),
                new NewRun.Standing(
                    state,
                    state.name() == StateName.PENDING ? Optional.empty() : Optional.of(now))));
    return NewRunWriter.retrying(
        () -> transactions.inTransaction(receipt, () -> written(caller, run, order)));
  }

  private PipelineRunView written(Caller caller, NewPipelineRun run, Order order) {
    var made = writer.writeOne(order).run();
    var pipeline =
        new PipelineRun(
            made.id(), run.facts(), run.metadata(), Optional.empty(), caller.principal(), 1);
    pipelines.add(made, pipeline);
    return describe.of(made, pipeline);
  }
}
