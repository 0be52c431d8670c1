package dev.runs.application.run;

import dev.runs.application.Transactions;
import dev.runs.application.event.RunEvents;
import dev.runs.application.rollup.Ledger;
import dev.runs.domain.access.Principal;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes what reports make of runs, as part of a transaction, with all that follows from it. */
public final class ReportWriter {

  /** How often a report is weighed again when others report on the same run at the same moment. */
  private static final int TRIES = 10;

  private final Runs runs;
  private final Ledger ledger;
  private final RunEvents events;
  private final EndedRuns endedRuns;
  private final SuccessReports successReports;
  private final Transactions transactions;

  public ReportWriter(
      Runs runs,
      Ledger ledger,
      RunEvents events,
      EndedRuns endedRuns,
      SuccessReports successReports,
      Transactions transactions) {
    this.runs = runs;
    this.ledger = ledger;
    this.events = events;
    this.endedRuns = endedRuns;
    this.successReports = successReports;
    this.transactions = transactions;
  }

  /** Does a transaction again whose run was changed by somebody else. */
  public static <T> T retrying(Supplier<T> transaction) {
    for (var attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RunRejected.ChangedMeanwhile e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * @param before the run as it is stored
   * @return the run as it is now; unchanged when the report says nothing new
   * @throws RunRejected.IllegalMove when the run has ended otherwise
   * @throws RunRejected.ChangedMeanwhile when it was changed since it was read
   */
  public Run write(Principal actor, Run before, RunReport report) {
    var weighed = successReports.weigh(before, report);
    var after = before.report(weighed.report());
    if (!after.equals(before)) {
      runs.save(after);
      ledger.add(Delta.ofMove(before, after));
      events.add(List.of(RunEvent.moved(after, before.stateName(), actor, weighed.reason())));
      if (after.stateName().isTerminal()
          && (before.stateName().isLive() || after.attempt() > before.attempt())) {
        transactions.afterCommit(() -> endedRuns.add(after, Optional.empty()));
      }
    }
    return after;
  }
}
