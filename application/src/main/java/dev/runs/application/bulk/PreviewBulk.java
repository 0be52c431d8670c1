package dev.runs.application.bulk;

import dev.runs.application.Caller;
import dev.runs.application.Counted;
import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.application.run.RunList;
import dev.runs.application.run.RunList.Order;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/** Shows which runs a bulk operation would be about, before anything is done. */
public final class PreviewBulk {

  /** How many of the runs are shown. */
  public static final int SAMPLE = 10;

  private final Runs runs;
  private final RunList list;
  private final MeantRuns meantRuns;
  private final Transactions transactions;
  private final Ids ids;

  public PreviewBulk(
      Runs runs, RunList list, MeantRuns meantRuns, Transactions transactions, Ids ids) {
    this.runs = runs;
    this.list = list;
    this.meantRuns = meantRuns;
    this.transactions = transactions;
    this.ids = ids;
  }

  /**
   * What would be done.
   *
   * @param id by which the operation is started, once however often it is asked for
   * @param meant how many runs, and the newest of them
   */
  public record Preview(BulkId id, Counted<Run> meant) {}

  /**
   * Looks, and changes nothing.
   *
   * @throws AccessRejected when the caller may not change runs, or is bound to projects
   * @throws BulkRejected.TooMany when more runs are selected than one operation takes
   */
  public Preview preview(Caller caller, BulkChoice choice) {
    BulkRights.requireChange(caller);
    var reach = Reach.within(caller.organization());
    var meant =
        transactions.inSnapshot(() ->
            switch (choice) {
              case BulkChoice.Selected selected -> selected(reach, selected);
              case BulkChoice.Matching matching -> matching(reach, matching);
            });
    return new Preview(new BulkId(ids.next()), meant);
  }

  private Counted<Run> selected(Reach.Within reach, BulkChoice.Selected selected) {
    if (selected.runs().size() > StartBulk.MOST_SELECTED) {
      throw new BulkRejected.TooMany(StartBulk.MOST_SELECTED);
    }
    var found = new ArrayList<>(runs.findAll(reach, selected.runs()).values());
    found.sort(Comparator.comparing(Run::id).reversed());
    return Counted.of(found.subList(0, Math.min(SAMPLE, found.size())), found.size());
  }

  private Counted<Run> matching(Reach.Within reach, BulkChoice.Matching matching) {
    var filter = matching.filter();
    var stretch = filter.stretch(ids);
    return Counted.of(
        list.byCreation(reach, filter, stretch, Order.NEWEST_FIRST, Optional.empty(), SAMPLE),
        meantRuns.count(reach, filter, stretch, Counted.FARTHEST + 1));
  }
}
