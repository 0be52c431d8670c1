package dev.runs.adapters.rest.cost;

import dev.runs.adapters.rest.batch.Batch;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.ItemRejected;
import dev.runs.application.Receipt;
import dev.runs.application.cost.AddCosts;
import dev.runs.application.cost.ListCosts;
import dev.runs.application.cost.NewCost;
import dev.runs.domain.access.Scope;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The cost lines of one run. */
@RestController
@RequestMapping("/v1/runs/{id}/costs")
class RunCostsController {

  private static final int USUAL_PAGE = 100;

  private final AddCosts addCosts;
  private final ListCosts listCosts;
  private final Once once;

  RunCostsController(AddCosts addCosts, ListCosts listCosts, Once once) {
    this.addCosts = addCosts;
    this.listCosts = listCosts;
    this.once = once;
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, @PathVariable RunId id, Query query) {
    var limit = query.limit(USUAL_PAGE, ListCosts.LARGEST_PAGE);
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    return Answers.ok(CostPageJson.of(listCosts.list(caller, id, cursor, limit), limit));
  }

  @Needs(Scope.COSTS_WRITE)
  @PostMapping
  ResponseEntity<byte[]> add(Submission submission, @PathVariable RunId id) {
    var batch =
        Batch.readAtomic(
            submission.body(), AddCosts.MOST_AT_ONCE, item -> NewCosts.of(item, Optional.of(id)));
    if (batch.isFlawed()) {
      // an unknown run is told before anything about its lines
      listCosts.list(submission.caller(), id, Optional.empty(), 1);
    }
    var costs = batch.all();
    return once.answer(
        submission,
        (List<CostLine> lines) -> new Reply(201, CostsJson.of(lines)),
        receipt -> add(submission.caller(), costs, receipt));
  }

  private List<CostLine> add(Caller caller, List<NewCost> costs, Receipt<List<CostLine>> receipt) {
    try {
      return addCosts.addAll(caller, costs, receipt);
    } catch (ItemRejected e) {
      // the path has named the run, no item has
      throw e.rejection() instanceof RunRejected.NotFound missing ? missing : e;
    }
  }
}
