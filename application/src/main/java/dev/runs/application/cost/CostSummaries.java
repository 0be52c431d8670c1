package dev.runs.application.cost;

import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.Reach;
import dev.runs.domain.cost.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of an organization, or of some of its projects, cost together, each run counted for
 * itself.
 */
public interface CostSummaries {

  /** By what runs are put together. */
  enum Grouping {
    SERVICE,
    USER
  }

  /**
   * The runs of one service or one user.
   *
   * @param key the service's name or the user's id; null for the runs of no user
   * @param total null when none of the runs has a cost line
   */
  record RunGroup(@Nullable String key, @Nullable Money total, long runs) {}

  /**
   * @param quantity with six decimals
   */
  record NameGroup(String key, Money total, BigDecimal quantity) {}

  /**
   * In the order of the keys, the group without a key last.
   *
   * @param limit how many groups at most
   */
  List<RunGroup> byRun(Reach.Within reach, RunFilter filter, Grouping grouping, int limit);

  /** In the order of the names; a name without a line is absent. */
  List<NameGroup> byName(Reach.Within reach, RunFilter filter, int limit);
}
