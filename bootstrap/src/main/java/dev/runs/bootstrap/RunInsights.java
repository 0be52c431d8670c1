package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.action.JooqShownActions;
import dev.runs.adapters.persistence.run.JooqEndReasons;
import dev.runs.application.Ids;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.CountRuns;
import dev.runs.application.run.ExplainCancellation;
import dev.runs.application.run.RunList;
import dev.runs.application.run.RunTree;
import dev.runs.application.run.Runs;
import dev.runs.application.tree.ShowBranches;
import dev.runs.application.tree.TraceFailure;

/** What the console finds out about runs beyond what the API tells. */
record RunInsights(
    CountRuns countRuns,
    TraceFailure traceFailure,
    ExplainCancellation explainCancellation,
    ShowBranches showBranches) {

  static RunInsights over(
      Database database, Runs runs, RunTree tree, RunList list, Ledger ledger, Ids ids) {
    return new RunInsights(
        new CountRuns(list, database, ids),
        new TraceFailure(runs, tree, new JooqShownActions(database), database),
        new ExplainCancellation(new JooqEndReasons(database)),
        new ShowBranches(runs, tree, ledger, database));
  }
}
