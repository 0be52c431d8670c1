package dev.runs.application.cost;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.cost.CostSummaries.Grouping;
import dev.runs.application.cost.CostSummaries.NameGroup;
import dev.runs.application.cost.CostSummaries.RunGroup;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.OrganizationId;
import java.util.List;

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
    return caller.reach().includes(organization)
        ? cut(
            transactions.inSnapshot(
                () -> summaries.byRun(organization, filter, grouping, MOST_GROUPS + 1)))
        : new Summary<>(List.of(), false);
  }

  /** By cost name; of an organization beyond the caller's reach there is nothing. */
  public Summary<NameGroup> byName(Caller caller, OrganizationId organization, RunFilter filter) {
    return caller.reach().includes(organization)
        ? cut(
            transactions.inSnapshot(() -> summaries.byName(organization, filter, MOST_GROUPS + 1)))
        : new Summary<>(List.of(), false);
  }

  private static <T> Summary<T> cut(List<T> groups) {
    return groups.size() > MOST_GROUPS
        ? new Summary<>(groups.subList(0, MOST_GROUPS), true)
        : new Summary<>(groups, false);
  }
}
