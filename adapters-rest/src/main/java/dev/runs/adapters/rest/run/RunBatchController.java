package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.batch.Batch;
import dev.runs.adapters.rest.caller.Allowance;
import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.caller.Limited;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.application.Caller;
import dev.runs.application.ItemRejected;
import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.NewRun;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.Run;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Many runs at once, parents among them. */
@RestController
class RunBatchController {

  private static final Batch.Shown<NewRun, Run> SHOWN =
      new Batch.Shown<>() {
        @Override
        public String name() {
          return "run";
        }

        @Override
        public Object json(Run run) {
          return RunJson.of(run);
        }

        @Override
        public Problem refused(NewRun run, Problem problem) {
          return RunRefusals.asAskedFor(run, problem);
        }
      };

  private final CreateRuns createRuns;
  private final Once once;

  RunBatchController(CreateRuns createRuns, Once once) {
    this.createRuns = createRuns;
    this.once = once;
  }

  @Needs(Scope.RUNS_WRITE)
  @Limited(Budget.NEW_RUNS)
  @PostMapping("/v1/runs:batch")
  ResponseEntity<byte[]> create(
      @RequestHeader(name = Callers.ORGANIZATION, defaultValue = "") String named,
      Submission submission,
      Allowance allowance) {
    var usual = Callers.usualOrganization(submission.caller(), named);
    var family = new BatchFamily(new NewRuns(usual));
    var batch = Batch.read(submission.body(), CreateRuns.MOST_AT_ONCE, family::member);
    allowance.countAs(batch.items().size());
    return batch.isAtomic() ? all(submission, batch) : each(submission, batch);
  }

  private ResponseEntity<byte[]> all(Submission submission, Batch<NewRun> batch) {
    batch.all();
    return once.answer(
        submission,
        (List<Run> runs) -> new Reply(201, RunsJson.of(runs)),
        receipt -> createAll(submission.caller(), batch, receipt));
  }

  private List<Run> createAll(Caller caller, Batch<NewRun> batch, Receipt<List<Run>> receipt) {
    try {
      return createRuns.createAll(caller, batch.all(), receipt);
    } catch (ItemRejected rejected) {
      throw batch.refused(rejected, SHOWN);
    }
  }

  private ResponseEntity<byte[]> each(Submission submission, Batch<NewRun> batch) {
    if (batch.sound().isEmpty()) {
      return Answers.ok(batch.results(List.of(), SHOWN));
    }
    return once.answer(
        submission,
        (List<ItemResult<Run>> results) -> new Reply(200, batch.results(results, SHOWN)),
        receipt -> createRuns.createEach(submission.caller(), batch.sound(), receipt));
  }
}
