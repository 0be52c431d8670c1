package dev.runs.application.lineage;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.lineage.LineageHearing.Outcome;
import dev.runs.domain.access.Scope;
import dev.runs.domain.lineage.LineageEvent;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunRejected;
import java.util.Optional;

/**
 * Hears what schedulers and engines tell of their runs. Whatever is told twice, or late, changes
 * nothing; an event of a run whose parent is not there yet is kept until it is.
 */
public final class HearLineage {

  private final LineageHearing hearing;
  private final EarlyLineageHearing earlyHearing;
  private final LineageRuns lineageRuns;
  private final Transactions transactions;

  public HearLineage(
      LineageHearing hearing,
      EarlyLineageHearing earlyHearing,
      LineageRuns lineageRuns,
      Transactions transactions) {
    this.hearing = hearing;
    this.earlyHearing = earlyHearing;
    this.lineageRuns = lineageRuns;
    this.transactions = transactions;
  }

  /**
   * In the organization in which the caller acts.
   *
   * @return the run as it is now; nothing when the event waits for the parent of its run
   * @throws RunRejected.IllegalMove when the run has ended otherwise than the event says
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws RunRejected.ParentNotFound when its parent is beyond the caller's reach
   * @throws RunRejected.TooDeep when its parent is as deep as a run may be
   * @throws dev.runs.domain.queue.QueueRejected.CanceledAbove when the run is new and one above it
   *     is canceled
   * @throws dev.runs.domain.secret.SecretRejected.CredentialFound when the event holds a credential
   */
  public Optional<Run> hear(Caller caller, LineageEvent event) {
    caller.require(Scope.RUNS_WRITE);
    var kept = caller.keptWithin();
    var key = new LineageKey(caller.organization(), event.run());
    var outcome =
        LineageHearing.retrying(
            () -> transactions.inTransaction(() -> hearing.hear(kept, event, true)));
    return switch (outcome) {
      case Outcome.Told(var run, var isNew) -> {
        if (isNew) {
          earlyHearing.lookAgain(key);
        }
        yield Optional.of(run);
      }
      case Outcome.Waits(var awaited) -> {
        earlyHearing.lookAgain(awaited);
        earlyHearing.lookAgain(key);
        yield lineageRuns.find(key).flatMap(_ -> hearing.find(key));
      }
    };
  }
}
