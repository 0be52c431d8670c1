package dev.runs.application.bulk;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Map;

/** Stops a bulk operation where it is; what it has done stays done. */
public final class StopBulk {

  private final BulkOperations operations;
  private final Auditor auditor;
  private final Transactions transactions;
  private final InstantSource clock;

  public StopBulk(
      BulkOperations operations, Auditor auditor, Transactions transactions, InstantSource clock) {
    this.operations = operations;
    this.auditor = auditor;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * No further run is looked at when this returns; one that is over stays as it is.
   *
   * @return the operation as it is then
   * @throws AccessRejected when the caller may not change runs, or is bound to projects
   * @throws BulkRejected.NotFound when there is none within reach
   */
  public BulkOperation stop(Caller caller, BulkId id) {
    BulkRights.requireChange(caller);
    return transactions.inTransaction(() -> stopped(caller, id));
  }

  private BulkOperation stopped(Caller caller, BulkId id) {
    if (operations.find(Reach.within(caller.organization()), id).isEmpty()) {
      throw new BulkRejected.NotFound();
    }
    var operation = operations.take(id);
    if (!operation.isRunning()) {
      return operation;
    }
    var stopped = operation.stopped(clock.instant());
    operations.save(stopped);
    auditor.note(
        caller,
        operation.organization(),
        AuditAction.BULK_STOPPED,
        "bulk:" + id,
        Map.of("examined", Long.toString(operation.tally().examined())));
    return stopped;
  }
}
