package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.OneTimeForms;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.action.ActionDetails;
import dev.runs.application.action.ShowActions;
import dev.runs.application.run.ExplainCancellation;
import dev.runs.application.run.ListRuns;
import dev.runs.application.tree.TraceFailure;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gathers what stands at the top of every page about one run. */
@Component
class RunHeads {

  private final ListRuns listRuns;
  private final TraceFailure traceFailure;
  private final ExplainCancellation explainCancellation;
  private final ShowActions showActions;
  private final OneTimeForms forms;
  private final RunLines lines;

  RunHeads(
      ListRuns listRuns,
      TraceFailure traceFailure,
      ExplainCancellation explainCancellation,
      ShowActions showActions,
      OneTimeForms forms,
      RunLines lines) {
    this.listRuns = listRuns;
    this.traceFailure = traceFailure;
    this.explainCancellation = explainCancellation;
    this.showActions = showActions;
    this.forms = forms;
    this.lines = lines;
  }

  /**
   * @throws RunRejected.NotFound when the run is beyond reach
   */
  RunHead of(Visit visit, RunId id) {
    var caller = visit.caller();
    var row =
        listRuns.rows(caller, List.of(id)).stream()
            .findFirst()
            .orElseThrow(RunRejected.NotFound::new);
    return new RunHead(
        lines.of(caller, List.of(row)).getFirst(),
        listRuns.rows(caller, above(row.run().path())).stream().map(ListRuns.Row::run).toList(),
        traceFailure.trace(caller, id).orElse(null),
        explainCancellation.explain(caller, row.run()).orElse(null),
        forms.number(),
        visit.may(Scope.RUNS_WRITE));
  }

  /** All that is known of its attempts; nothing when it is beyond reach. */
  Optional<ActionDetails> details(Visit visit, RunId id) {
    return Optional.ofNullable(showActions.detailsOf(visit.caller().reach(), List.of(id)).get(id));
  }

  private static List<RunId> above(RunPath path) {
    return path.ids().subList(0, path.depth() - 1);
  }
}
