package dev.runs.application.pipeline;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.Runs;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.access.Scope;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.secret.Credentials;
import dev.runs.domain.secret.Input;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Takes note of what a client says of a run of a pipeline: how it goes, and what to keep. */
public final class EditPipelineRun {

  private static final int TRIES = 10;

  /**
   * What is said.
   *
   * @param report how the run goes, given the moment at which that is heard; nothing when only the
   *     rest is said
   * @param metadata what becomes of the metadata there is; it may be asked more than once
   * @param result what came of the run; nothing to leave it
   * @param given all that the client has given; it must hold no credential
   */
  public record Edit(
      Optional<Function<Instant, RunReport>> report,
      UnaryOperator<PipelineDocument> metadata,
      Optional<PipelineDocument> result,
      Input given) {}

  private final Runs runs;
  private final PipelineRuns pipelines;
  private final ReportWriter reports;
  private final DescribePipelineRuns describe;
  private final InputCheck inputCheck;
  private final Transactions transactions;
  private final InstantSource clock;

  public EditPipelineRun(
      Runs runs,
      PipelineRuns pipelines,
      ReportWriter reports,
      DescribePipelineRuns describe,
      InputCheck inputCheck,
      Transactions transactions,
      InstantSource clock) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.reports = reports;
    this.describe = describe;
    this.inputCheck = inputCheck;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * All of it happens, or nothing. A run of another kind becomes one of a pipeline when something
   * is to be kept with it.
   *
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws RunRejected.IllegalMove when the run has ended otherwise
   * @throws RunRejected.LeasedElsewhere when only the holder of its lease may say how it goes
   */
  public PipelineRunView edit(
      Caller caller, RunId id, Edit edit, Receipt<PipelineRunView> receipt) {
    caller.require(Scope.RUNS_WRITE);
    var credentials = Credentials.in(edit.given());
    var heard = edit.report().map(said -> said.apply(clock.instant()));
    for (var attempt = 1; ; attempt++) {
      try {
        return ReportWriter.retrying(() ->
            transactions.inTransaction(receipt, () -> once(caller, id, edit, heard, credentials)));
      } catch (PipelineRejected.ChangedMeanwhile e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private PipelineRunView once(
      Caller caller, RunId id, Edit edit, Optional<RunReport> report, Credentials credentials) {
    var before = runs.get(caller.reach(), id);
    inputCheck.refuseCredentials(before.organization(), credentials);
    var after = report.map(said -> reports.write(caller.principal(), before, said)).orElse(before);
    var known = pipelines.findToEdit(id);
    var pipeline = known.orElseGet(() -> PipelineRun.unknown(id, caller.principal()));
    var edited = pipeline.with(edit.metadata().apply(pipeline.metadata()), edit.result());
    if (edited.metadata().equals(pipeline.metadata())
        && edited.result().equals(pipeline.result())) {
      return describe.of(after, pipeline);
    }
    if (known.isEmpty()) {
      pipelines.add(after, edited);
    } else {
      pipelines.save(edited);
    }
    return describe.of(after, edited);
  }
}
