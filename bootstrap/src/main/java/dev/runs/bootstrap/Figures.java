package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.access.JooqUsers;
import dev.runs.adapters.persistence.cost.JooqCostHistory;
import dev.runs.adapters.persistence.event.JooqRunEvents;
import dev.runs.adapters.persistence.overview.JooqActivity;
import dev.runs.adapters.persistence.overview.JooqPresentRuns;
import dev.runs.adapters.persistence.rollup.JooqLedgerAudit;
import dev.runs.application.access.Organizations;
import dev.runs.application.cost.FoldCostDays;
import dev.runs.application.cost.ShowCostHistory;
import dev.runs.application.overview.ShowOverview;
import java.time.InstantSource;

/**
 * What tells at a glance how an organization is doing, and what it spends.
 *
 * @param foldCostDays moves what was booked into the sums of the days
 */
public record Figures(
    ShowOverview showOverview, ShowCostHistory showCostHistory, FoldCostDays foldCostDays) {

  /**
   * @param batch how many changes one transaction moves at most
   */
  static Figures over(
      Database database, Organizations organizations, InstantSource clock, int batch) {
    var costs = new JooqCostHistory(database);
    return new Figures(
        new ShowOverview(
            new JooqPresentRuns(database),
            new JooqActivity(database),
            costs,
            new JooqRunEvents(database),
            new JooqLedgerAudit(database),
            database::problem,
            database,
            clock),
        new ShowCostHistory(costs, new JooqUsers(database), organizations, database, clock),
        new FoldCostDays(costs, database, batch));
  }
}
