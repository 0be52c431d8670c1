package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Scope;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.List;
import java.util.Map;

/** Does a run again that has ended: as a new run that names the old one. */
public final class RetryRun {

  private final Runs runs;
  private final RunAgain runAgain;
  private final Transactions transactions;

  public RetryRun(
      Runs runs, Jobs jobs, NewRunWriter writer, Auditor auditor, Transactions transactions) {
    this.runs = runs;
    this.runAgain = new RunAgain(jobs, writer, auditor);
    this.transactions = transactions;
  }

  /**
   * Enqueues a run with the kind, the input, the priority and the limits of the old one, beside it
   * in the tree, at once and without its key.
   *
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws QueueRejected.NotQueued when it was never in the queue
   * @throws QueueRejected.NotFinished when it has not ended
   */
  public MadeRun retry(Caller caller, RunId id, Receipt<MadeRun> receipt) {
    caller.require(Scope.RUNS_WRITE);
    return NewRunWriter.retrying(() -> transactions.inTransaction(receipt, () -> once(caller, id)));
  }

  private MadeRun once(Caller caller, RunId id) {
    var old = runs.get(caller.reach(), id);
    return switch (runAgain.all(caller, List.of(old), Map.of()).getFirst()) {
      case ItemResult.Done<MadeRun>(var made) -> made;
      case ItemResult.Refused<MadeRun>(var rejection) -> throw rejection;
    };
  }
}
