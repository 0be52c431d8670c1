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
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRun;
import dev.runs.domain.access.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Many runs at once, parents among them. */
@RestController
class RunBatchController {

  private final Batch.Shown<NewRun, MadeRun> shown =
      new Batch.Shown<>() {
        @Override
        public String name() {
          return "run";
        }

        @Override
        public Object json(MadeRun made) {
          return RunBatchController.this.json(made);
        }

        @Override
        public int status(MadeRun made) {
          return made.isNew() ? 201 : 200;
        }

        @Override
        public Problem refused(NewRun run, Problem problem) {
          return RunRefusals.asAskedFor(run, problem);
        }
      };

  private final CreateRuns createRuns;
  private final DescribeRuns describeRuns;
  private final NewJobs newJobs;
  private final Once once;

  RunBatchController(
      CreateRuns createRuns, DescribeRuns describeRuns, InstantSource clock, Once once) {
    this.createRuns = createRuns;
    this.describeRuns = describeRuns;
    this.newJobs = new NewJobs(clock);
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
    var newRuns = new NewRuns(usual, submission.caller().organization(), newJobs, Optional.empty());
    var family = new BatchFamily(newRuns);
    var batch = Batch.read(submission.body(), CreateRuns.MOST_AT_ONCE, family::member);
    allowance.countAs(batch.items().size());
    return batch.isAtomic() ? all(submission, batch) : each(submission, batch);
  }

  private ResponseEntity<byte[]> all(Submission submission, Batch<NewRun> batch) {
    batch.all();
    return once.answer(
        submission,
        (List<MadeRun> runs) ->
            new Reply(201, new RunsJson(runs.stream().map(this::json).toList())),
        receipt -> createAll(submission.caller(), batch, receipt));
  }

  private RunJson json(MadeRun made) {
    return RunJson.of(made.run(), describeRuns.of(made.run(), made.job()));
  }

  private List<MadeRun> createAll(
      Caller caller, Batch<NewRun> batch, Receipt<List<MadeRun>> receipt) {
    try {
      return createRuns.createAll(caller, batch.all(), receipt);
    } catch (ItemRejected rejected) {
      throw batch.refused(rejected, shown);
    }
  }

  private ResponseEntity<byte[]> each(Submission submission, Batch<NewRun> batch) {
    if (batch.sound().isEmpty()) {
      return Answers.ok(batch.results(List.of(), shown));
    }
    return once.answer(
        submission,
        (List<ItemResult<MadeRun>> results) -> new Reply(200, batch.results(results, shown)),
        receipt -> createRuns.createEach(submission.caller(), batch.sound(), receipt));
  }
}
