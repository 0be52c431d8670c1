package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.event.RunEvents;
import dev.runs.application.rollup.Ledger;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes note of what a client says of a run that it executes. */
public final class ReportRun {

  /** How often a report is weighed again when others report on the same run at the same moment. */
  private static final int TRIES = 10;

  private final Runs runs;
  private final Ledger ledger;
  private final RunEvents events;
  private final EndedRuns endedRuns;
  private final Transactions transactions;
  private final InstantSource clock;

  public ReportRun(
      Runs runs,
      Ledger ledger,
      RunEvents events,
      EndedRuns endedRuns,
      Transactions transactions,
      InstantSource clock) {
    this.runs = runs;
    this.ledger = ledger;
    this.events = events;
    this.endedRuns = endedRuns;
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
    var heard = report.apply(clock.instant());
    for (var attempt = 1; ; attempt++) {
      try {
        return transactions.inTransaction(() -> once(caller, id, heard));
      } catch (RunRejected.ChangedMeanwhile e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private Run once(Caller caller, RunId id, RunReport report) {
    var before = runs.get(caller.reach(), id);
    var after = before.report(report);
    if (!after.equals(before)) {
      runs.save(after);
      ledger.add(Delta.ofMove(before, after));
      events.add(List.of(RunEvent.moved(after, before.stateName(), caller.principal())));
      if (after.stateName().isTerminal()
          && (before.stateName().isLive() || after.attempt() > before.attempt())) {
        transactions.afterCommit(() -> endedRuns.add(after, Optional.empty()));
      }
    }
    return after;
  }
}
