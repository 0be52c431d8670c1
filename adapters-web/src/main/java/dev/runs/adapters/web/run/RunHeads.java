package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.action.ActionDetails;
import dev.runs.application.action.ActionDetails.End;
import dev.runs.application.action.ShowActions;
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
  private final ShowActions showActions;
  private final RunLines lines;

  RunHeads(ListRuns listRuns, TraceFailure traceFailure, ShowActions showActions, RunLines lines) {
    this.listRuns = listRuns;
    this.traceFailure = traceFailure;
    this.showActions = showActions;
    this.lines = lines;
  }

  /**
   * @throws RunRejected.NotFound when the run is beyond reach
   */
  RunHead of(Visit visit, RunId id) {
    return of(visit, id, details(visit, id));
  }

  /**
   * @param details of the run, where a page needs more of them than the top does
   * @throws RunRejected.NotFound when the run is beyond reach
   */
  RunHead of(Visit visit, RunId id, Optional<ActionDetails> details) {
    var caller = visit.caller();
    var row =
        listRuns.rows(caller, List.of(id)).stream()
            .findFirst()
            .orElseThrow(RunRejected.NotFound::new);
    return new RunHead(
        lines.of(caller, List.of(row)).getFirst(),
        listRuns.rows(caller, above(row.run().path())).stream().map(ListRuns.Row::run).toList(),
        traceFailure.trace(caller, id).orElse(null),
        details.map(ActionDetails::end).orElseGet(End.None::new),
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
