package dev.runs.adapters.rest.run;

import dev.runs.application.cost.CostSummaries.NameGroup;
import dev.runs.application.cost.CostSummaries.RunGroup;
import dev.runs.application.cost.SummarizeCosts.Summary;
import dev.runs.domain.cost.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A summary.
 *
 * @param truncated whether there are more groups than a summary has
 */
record SummaryJson(List<GroupJson> breakdown, boolean truncated) {

  static final SummaryJson EMPTY = new SummaryJson(List.of(), false);

  /** What belongs to one key. */
  sealed interface GroupJson {}

  /**
   * @param key null for the runs of no user
   * @param totalCostInUsdCents null when no run of the group has a cost line
   * @param runCount a text, as the cost tracker has it
   */
  record RunGroupJson(@Nullable String key, @Nullable String totalCostInUsdCents, String runCount)
      implements GroupJson {}

  record NameGroupJson(String key, String totalCostInUsdCents, String totalQuantity)
      implements GroupJson {}

  static SummaryJson byRun(Summary<RunGroup> summary) {
    return new SummaryJson(
        summary.groups().stream().map(SummaryJson::group).toList(), summary.isTruncated());
  }

  static SummaryJson byName(Summary<NameGroup> summary) {
    return new SummaryJson(
        summary.groups().stream().map(SummaryJson::group).toList(), summary.isTruncated());
  }

  private static GroupJson group(RunGroup group) {
    return new RunGroupJson(group.key(), written(group.total()), Long.toString(group.runs()));
  }

  private static GroupJson group(NameGroup group) {
    return new NameGroupJson(
        group.key(), group.total().toString(), group.quantity().toPlainString());
  }

  private static @Nullable String written(@Nullable Money money) {
    return money == null ? null : money.toString();
  }
}
