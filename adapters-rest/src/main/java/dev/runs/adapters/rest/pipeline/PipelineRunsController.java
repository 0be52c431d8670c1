package dev.runs.adapters.rest.pipeline;

import dev.runs.adapters.rest.caller.LimitGuard;
import dev.runs.adapters.rest.caller.Limited;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.registry.ListedJson;
import dev.runs.adapters.rest.registry.Listing;
import dev.runs.adapters.rest.registry.RegistryStatus;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.pipeline.EditPipelineRun;
import dev.runs.application.pipeline.ListPipelineRuns;
import dev.runs.application.pipeline.PipelineFilter;
import dev.runs.application.pipeline.PipelineRunView;
import dev.runs.application.pipeline.RecordPipelineRun;
import dev.runs.application.pipeline.ShowPipelineRun;
import dev.runs.application.queue.CancelRuns;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/runs")
class PipelineRunsController {

  /** How many batches of a cancellation a client waits for; the rest follows in the background. */
  private static final int BATCHES = 10;

  private final RecordPipelineRun recordRun;
  private final ShowPipelineRun showRun;
  private final EditPipelineRun editRun;
  private final ListPipelineRuns listRuns;
  private final CancelRuns cancelRuns;
  private final LimitGuard limitGuard;
  private final Once once;

  PipelineRunsController(
      RecordPipelineRun recordRun,
      ShowPipelineRun showRun,
      EditPipelineRun editRun,
      ListPipelineRuns listRuns,
      CancelRuns cancelRuns,
      LimitGuard limitGuard,
      Once once) {
    this.recordRun = recordRun;
    this.showRun = showRun;
    this.editRun = editRun;
    this.listRuns = listRuns;
    this.cancelRuns = cancelRuns;
    this.limitGuard = limitGuard;
    this.once = once;
  }

  @Needs(Scope.RUNS_WRITE)
  @Limited(Budget.NEW_RUNS)
  @PostMapping
  ResponseEntity<byte[]> record(Submission submission) {
    var run = NewPipelineRuns.read(submission.body());
    return once.answer(
        submission,
        (PipelineRunView made) -> new Reply(201, PipelineRunJson.of(made)),
        receipt -> recordRun.record(submission.caller(), run, receipt));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, Query query) {
    var filter = filter(query);
    var limit = Listing.limit(query, ListPipelineRuns.LARGEST_PAGE);
    var offset = Listing.offset(query, ListPipelineRuns.FARTHEST_OFFSET);
    query.refuseIfWrong();
    var listed = listRuns.list(caller, filter, limit, offset);
    return Answers.ok(ListedJson.of(listed, PipelineLineJson::of, limit, offset));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable String id) {
    return Answers.ok(
        PipelineRunJson.of(PipelineRunIds.with(id, run -> showRun.show(caller, run))));
  }

  /** What is wrong with the body is told before whether there is such a run. */
  @Needs(Scope.RUNS_WRITE)
  @PatchMapping("/{id}")
  ResponseEntity<byte[]> edit(
      @PathVariable String id,
      Submission submission,
      HttpServletRequest request,
      HttpServletResponse response) {
    var edit = PipelineRunEdit.read(submission.body());
    if (edit.isCancellation()) {
      limitGuard.take(request, response, Budget.CANCELLATIONS);
    }
    return once.answer(
        submission,
        (PipelineRunView edited) -> new Reply(200, PipelineRunJson.of(edited)),
        receipt -> PipelineRunIds.with(id, run -> edited(submission.caller(), run, edit, receipt)));
  }

  private PipelineRunView edited(
      Caller caller, RunId id, PipelineRunEdit edit, Receipt<PipelineRunView> receipt) {
    if (!edit.isCancellation()) {
      return editRun.edit(caller, id, edit.edit(), receipt);
    }
    requireCancelable(caller, id);
    editRun.edit(caller, id, edit.edit(), Receipt.none());
    cancelRuns.cancel(caller, id, BATCHES);
    return editRun.edit(caller, id, PipelineRunEdit.nothing(), receipt);
  }

  /** What is below the run is canceled in steps of its own, so that it is asked first. */
  private void requireCancelable(Caller caller, RunId id) {
    var run = showRun.show(caller, id).run();
    if (run.stateName().isTerminal() && run.stateName() != StateName.CANCELED) {
      throw new RunRejected.IllegalMove(run, StateName.CANCELED);
    }
  }

  private static PipelineFilter filter(Query query) {
    return new PipelineFilter(
        query.text("contract_id"),
        query.text("pipeline_name"),
        states(query),
        query.instant("from_date"),
        query.instant("to_date"),
        query.instant("start_date"),
        query.instant("end_date"));
  }

  private static Set<StateName> states(Query query) {
    var word = query.text("status");
    var status = word.flatMap(RegistryStatus::ofWord);
    if (word.isPresent() && status.isEmpty()) {
      query.refuse("status", "status must be one of " + RegistryStatus.words());
    }
    return status.map(RegistryStatus::states).orElse(Set.of());
  }
}
