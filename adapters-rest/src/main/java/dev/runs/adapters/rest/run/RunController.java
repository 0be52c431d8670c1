package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.caller.Limited;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.application.Caller;
import dev.runs.application.run.DeleteRun;
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.ReportRun;
import dev.runs.application.tree.ShowRun;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/runs/{id:[^:]+}")
class RunController {

  /** How many batches of a deletion a client waits for; the rest is swept in the background. */
  private static final int BATCHES = 25;

  /** The answer to a deletion that is not finished. */
  private record DeletingJson(String status) {}

  private final ShowRun showRun;
  private final ReportRun reportRun;
  private final DeleteRun deleteRun;
  private final DescribeRuns describeRuns;

  RunController(
      ShowRun showRun, ReportRun reportRun, DeleteRun deleteRun, DescribeRuns describeRuns) {
    this.showRun = showRun;
    this.reportRun = reportRun;
    this.deleteRun = deleteRun;
    this.describeRuns = describeRuns;
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping
  ResponseEntity<byte[]> show(Caller caller, @PathVariable RunId id) {
    return Answers.ok(RunViewJson.of(showRun.show(caller, id)));
  }

  @Needs(Scope.RUNS_WRITE)
  @PatchMapping
  ResponseEntity<byte[]> report(Caller caller, @PathVariable RunId id, Body body) {
    var report = reported(body);
    var run = reportRun.report(caller, id, report);
    return Answers.ok(RunJson.of(run, describeRuns.of(run)));
  }

  @Needs(Scope.RUNS_WRITE)
  @Limited(Budget.CANCELLATIONS)
  @DeleteMapping
  ResponseEntity<byte[]> delete(Caller caller, @PathVariable RunId id) {
    return deleteRun.delete(caller, id, BATCHES)
        ? Answers.nothing()
        : Answers.of(202, new DeletingJson("deleting"));
  }

  private static Function<Instant, RunReport> reported(Body body) {
    var word = Optional.ofNullable(body.object().path("status").stringValue(null));
    var status = word.flatMap(TrackerStatus::ofWord).orElse(TrackerStatus.RUNNING);
    return switch (status) {
      case COMPLETED -> at -> report(status, new RunState.Succeeded(at), at);
      case FAILED -> at -> report(status, new RunState.Failed(at, RunFailure.UNEXPLAINED), at);
      case RUNNING ->
          throw new RequestRefused(
              Problem.invalid(
                  FieldError.invalid(
                      Place.BODY.member("status"), "status must be 'completed' or 'failed'")));
    };
  }

  private static RunReport report(TrackerStatus status, RunState state, Instant at) {
    return RunReport.byClient(state, status.states(), at);
  }
}
