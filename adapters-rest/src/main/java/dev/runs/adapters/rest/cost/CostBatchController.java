package dev.runs.adapters.rest.cost;

import dev.runs.adapters.rest.batch.Batch;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.application.ItemResult;
import dev.runs.application.cost.AddCosts;
import dev.runs.application.cost.NewCost;
import dev.runs.domain.access.Scope;
import dev.runs.domain.cost.CostLine;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cost lines of many runs at once. */
@RestController
class CostBatchController {

  private static final Batch.Shown<NewCost, CostLine> SHOWN =
      new Batch.Shown<>() {
        @Override
        public String name() {
          return "cost";
        }

        @Override
        public Object json(CostLine line) {
          return CostJson.of(line);
        }
      };

  private final AddCosts addCosts;
  private final Once once;

  CostBatchController(AddCosts addCosts, Once once) {
    this.addCosts = addCosts;
    this.once = once;
  }

  @Needs(Scope.COSTS_WRITE)
  @PostMapping("/v1/costs:batch")
  ResponseEntity<byte[]> add(Submission submission) {
    var batch = Batch.read(submission.body(), AddCosts.MOST_AT_ONCE, NewCosts::of);
    return batch.isAtomic() ? all(submission, batch) : each(submission, batch);
  }

  private ResponseEntity<byte[]> all(Submission submission, Batch<NewCost> batch) {
    var costs = batch.all();
    return once.answer(
        submission,
        (List<CostLine> lines) -> new Reply(201, CostsJson.of(lines)),
        receipt -> addCosts.addAll(submission.caller(), costs, receipt));
  }

  private ResponseEntity<byte[]> each(Submission submission, Batch<NewCost> batch) {
    if (batch.sound().isEmpty()) {
      return Answers.ok(batch.results(List.of(), SHOWN));
    }
    return once.answer(
        submission,
        (List<ItemResult<CostLine>> results) -> new Reply(200, batch.results(results, SHOWN)),
        receipt -> addCosts.addEach(submission.caller(), batch.sound(), receipt));
  }
}
