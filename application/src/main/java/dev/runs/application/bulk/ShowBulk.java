package dev.runs.application.bulk;

import dev.runs.application.Caller;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import java.util.List;

/** Shows how far bulk operations of the organization in which the caller acts have come. */
public final class ShowBulk {

  /** How many are listed. */
  public static final int LISTED = 50;

  private final BulkOperations operations;

  public ShowBulk(BulkOperations operations) {
    this.operations = operations;
  }

  /**
   * @throws BulkRejected.NotFound when there is none within reach
   * @throws AccessRejected when the caller may not read runs, or is bound to projects
   */
  public BulkOperation one(Caller caller, BulkId id) {
    BulkRights.requireSight(caller);
    return operations
        .find(Reach.within(caller.organization()), id)
        .orElseThrow(BulkRejected.NotFound::new);
  }

  /**
   * The last {@value #LISTED}, newest first.
   *
   * @throws AccessRejected when the caller may not read runs, or is bound to projects
   */
  public List<BulkOperation> last(Caller caller) {
    BulkRights.requireSight(caller);
    return operations.newestFirst(Reach.within(caller.organization()), LISTED);
  }
}
