package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.application.event.RunEvents;
import dev.runs.application.run.Deletions.Deletion;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Deletes a run with everything below it. The mark takes effect at once: nobody finds the run any
 * more and nothing can be made under it. The rows go in small transactions, which any node can take
 * up where another left off.
 */
public final class DeleteRun {

  private static final int REMOVED_AT_ONCE = 200;

  private final Runs runs;
  private final Deletions deletions;
  private final RunEvents events;
  private final Auditor auditor;
  private final Transactions transactions;
  private final InstantSource clock;

  public DeleteRun(
      Runs runs,
      Deletions deletions,
      RunEvents events,
      Auditor auditor,
      Transactions transactions,
      InstantSource clock) {
    this.runs = runs;
    this.deletions = deletions;
    this.events = events;
    this.auditor = auditor;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Marks the subtree and begins to sweep it.
   *
   * @param batches how many batches to sweep before answering
   * @return whether nothing is left of it
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   */
  public boolean delete(Caller caller, RunId id, int batches) {
    caller.require(Scope.RUNS_WRITE);
    var marked = transactions.inTransaction(() -> mark(caller, id));
    for (var batch = 0; batch < batches; batch++) {
      if (sweepOnce(marked.path())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Goes on with some deletion that was begun.
   *
   * @return whether there was any
   */
  public boolean sweep() {
    var deletion = deletions.next();
    deletion.ifPresent(found -> sweepOnce(found.path()));
    return deletion.isPresent();
  }

  private Run mark(Caller caller, RunId id) {
    var run = runs.get(caller.reach(), id);
    var now = clock.instant();
    deletions.mark(new Deletion(run.path(), run.organization(), caller.principal(), now));
    events.add(List.of(RunEvent.deleted(run, caller.principal(), now)));
    auditor.note(
        caller,
        run.organization(),
        AuditAction.RUN_DELETED,
        "run:" + run.id(),
        Map.of("name", run.name().value()));
    return run;
  }

  /**
   * A run that was made under the subtree at the very moment of the mark lets the removal of its
   * parent fail; the next batch then finds it.
   */
  private boolean sweepOnce(RunPath subtree) {
    try {
      return transactions.inTransaction(() -> removeSome(subtree));
    } catch (Deletions.ChildMeanwhile e) {
      return false;
    }
  }

  private boolean removeSome(RunPath subtree) {
    var isDone = deletions.removeSome(subtree, REMOVED_AT_ONCE);
    if (isDone) {
      deletions.finish(subtree);
    }
    return isDone;
  }
}
