package dev.runs.application.bulk;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.application.run.RunList;
import dev.runs.application.run.RunList.Order;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Begins to cancel or to retry many runs. Nothing is done to them before the answer; {@link
 * SweepBulk} goes through them afterwards.
 */
public final class StartBulk {

  /** How many runs can be selected. */
  public static final int MOST_SELECTED = 1_000;

  /** How many runs that match a filter one operation takes. */
  public static final int MOST_MATCHING = 1_000_000;

  /** How many operations of an organization run at a time. */
  public static final int MOST_RUNNING = 5;

  private final BulkOperations operations;
  private final RunList list;
  private final MeantRuns meantRuns;
  private final Auditor auditor;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public StartBulk(
      BulkOperations operations,
      RunList list,
      MeantRuns meantRuns,
      Auditor auditor,
      Transactions transactions,
      Ids ids,
      InstantSource clock) {
    this.operations = operations;
    this.list = list;
    this.meantRuns = meantRuns;
    this.auditor = auditor;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  private record Extent(long runs, RunId through) {}

  /**
   * Begins an operation over the runs that somebody saw; started again, it is the same one.
   *
   * @param id as the preview gave it out
   * @param seen what the preview showed; runs made later are left alone
   * @throws AccessRejected when the caller may not change runs, or is bound to projects
   * @throws BulkRejected.NothingMeant when no run is selected
   * @throws BulkRejected.OthersMeant when the filter means more of the runs that were there, or
   *     none, by now
   * @throws BulkRejected.TooMany when there are more than one operation takes
   * @throws BulkRejected.TooManyRunning when {@value #MOST_RUNNING} of the organization are running
   * @throws BulkRejected.NotFound when the id is that of an operation beyond reach
   */
  public BulkOperation start(
      Caller caller, BulkId id, BulkAction action, BulkChoice choice, BulkExtent seen) {
    BulkRights.requireChange(caller);
    var reach = Reach.within(caller.organization());
    var known = operations.find(reach, id);
    if (known.isPresent()) {
      return known.get();
    }
    var extent = extent(reach, choice, seen);
    return transactions.inTransaction(() -> begin(caller, id, action, choice, extent));
  }

  private BulkOperation begin(
      Caller caller, BulkId id, BulkAction action, BulkChoice choice, Extent extent) {
    var organization = caller.organization();
    var running = operations.takeRunning(organization);
    var known = operations.find(Reach.within(organization), id);
    if (known.isPresent()) {
      return known.get();
    }
    if (running >= MOST_RUNNING) {
      throw new BulkRejected.TooManyRunning(MOST_RUNNING);
    }
    var begun =
        BulkOperation.begun(
                id,
                organization,
                action,
                caller.principal(),
                extent.through(),
                extent.runs(),
                clock.instant())
            .from(caller.origin());
    if (!operations.add(begun, choice)) {
      throw new BulkRejected.NotFound();
    }
    auditor.note(
        caller,
        organization,
        AuditAction.BULK_STARTED,
        "bulk:" + id,
        Map.of("action", action.wireName(), "runs", Long.toString(extent.runs())));
    return begun;
  }

  private Extent extent(Reach.Within reach, BulkChoice choice, BulkExtent seen) {
    return switch (choice) {
      case BulkChoice.Selected(var runs) -> {
        if (runs.isEmpty()) {
          throw new BulkRejected.NothingMeant();
        }
        if (runs.size() > MOST_SELECTED) {
          throw new BulkRejected.TooMany(MOST_SELECTED);
        }
        yield new Extent(runs.size(), runs.getLast());
      }
      case BulkChoice.Matching matching ->
          transactions.inSnapshot(() -> matching(reach, matching, seen));
    };
  }

  private Extent matching(Reach.Within reach, BulkChoice.Matching matching, BulkExtent seen) {
    var filter = matching.filter();
    var stretch = filter.stretch(ids).through(seen.newest());
    var newest =
        list.byCreation(reach, filter, stretch, Order.NEWEST_FIRST, Optional.empty(), 1).stream()
            .findFirst()
            .map(Run::id)
            .orElseThrow(BulkRejected.OthersMeant::new);
    var runs = meantRuns.count(reach, filter, stretch, MOST_MATCHING + 1);
    if (!seen.covers(runs)) {
      throw new BulkRejected.OthersMeant();
    }
    if (runs > MOST_MATCHING) {
      throw new BulkRejected.TooMany(MOST_MATCHING);
    }
    return new Extent(runs, newest);
  }
}
