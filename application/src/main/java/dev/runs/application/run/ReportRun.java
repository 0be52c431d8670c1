package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** Takes note of what a client says of a run that it executes. */
public final class ReportRun {

  private final Runs runs;
  private final ReportWriter writer;
  private final Transactions transactions;
  private final InstantSource clock;

  public ReportRun(Runs runs, ReportWriter writer, Transactions transactions, InstantSource clock) {
    this.runs = runs;
    this.writer = writer;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * @param report what is said, given the moment at which it is heard
   * @return the run as it is now; unchanged when the report says nothing new
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws RunRejected.IllegalMove when the run has ended otherwise
   */
  public Run report(Caller caller, RunId id, Function<Instant, RunReport> report) {
    caller.require(Scope.RUNS_WRITE);
    var heard = report.apply(clock.instant());
    return ReportWriter.retrying(() ->
        transactions.inTransaction(
            () -> writer.write(caller.principal(), runs.get(caller.reach(), id), heard)));
  }
}
