package dev.runs.application.cost;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.cost.CostSummaries.Grouping;
import dev.runs.application.cost.CostSummaries.NameGroup;
import dev.runs.application.cost.CostSummaries.RunGroup;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import java.util.List;
import java.util.function.Function;

/** Adds up what the runs of an organization cost, each run counted for itself. */
public final class SummarizeCosts {

  /** How many groups a summary has at most; what lies beyond is told, not shown. */
  public static final int MOST_GROUPS = 10_000;

  private final CostSummaries summaries;
  private final Transactions transactions;

  public SummarizeCosts(CostSummaries summaries, Transactions transactions) {
    this.summaries = summaries;
    this.transactions = transactions;
  }

  /**
   * @param isTruncated whether there are more groups than a summary has
   */
  public record Summary<T>(List<T> groups, boolean isTruncated) {}

  /** By service or by user; of an organization beyond the caller's reach there is nothing. */
  public Summary<RunGroup> byRun(
      Caller caller, OrganizationId organization, RunFilter filter, Grouping grouping) {
    return cut(
        caller, organization, reach -> summaries.byRun(reach, filter, grouping, MOST_GROUPS + 1));
  }

  /** By cost name; of an organization beyond the caller's reach there is nothing. */
  public Summary<NameGroup> byName(Caller caller, OrganizationId organization, RunFilter filter) {
    return cut(caller, organization, reach -> summaries.byName(reach, filter, MOST_GROUPS + 1));
  }

  private <T> Summary<T> cut(
      Caller caller, OrganizationId organization, Function<Reach.Within, List<T>> read) {
    var groups =
        caller
            .reach()
            .in(organization)
            .map(reach -> transactions.inSnapshot(() -> read.apply(reach)))
            .orElse(List.of());
    return groups.size() > MOST_GROUPS
        ? new Summary<>(groups.subList(0, MOST_GROUPS), true)
        : new Summary<>(groups, false);
  }
}
