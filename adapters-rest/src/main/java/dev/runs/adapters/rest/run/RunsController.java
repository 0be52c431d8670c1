package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.caller.Limited;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.problem.Rejections;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.Page;
import dev.runs.application.Receipt;
import dev.runs.application.idempotency.KeptAnswers;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.ListRuns;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRun;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/runs")
class RunsController {

  private static final int USUAL_PAGE = 50;

  private final CreateRuns createRuns;
  private final ListRuns listRuns;
  private final RunQuery runQuery;
  private final DescribeRuns describeRuns;
  private final NewJobs newJobs;
  private final Once once;

  RunsController(
      CreateRuns createRuns,
      ListRuns listRuns,
      RunQuery runQuery,
      DescribeRuns describeRuns,
      InstantSource clock,
      Once once) {
    this.createRuns = createRuns;
    this.listRuns = listRuns;
    this.runQuery = runQuery;
    this.describeRuns = describeRuns;
    this.newJobs = new NewJobs(clock);
    this.once = once;
  }

  @Needs(Scope.RUNS_WRITE)
  @Limited(Budget.NEW_RUNS)
  @PostMapping
  ResponseEntity<byte[]> create(
      @RequestHeader(name = Callers.ORGANIZATION, defaultValue = "") String named,
      Submission submission) {
    var usual = Callers.usualOrganization(submission.caller(), named);
    var key = submission.scope().map(KeptAnswers.Scope::key);
    var run =
        new NewRuns(usual, submission.caller().organization(), newJobs, key)
            .read(submission.body());
    return run.job().isPresent()
        ? enqueue(submission.caller(), run)
        : once.answer(
            submission,
            (MadeRun made) -> new Reply(201, json(made)),
            receipt -> create(submission.caller(), run, receipt));
  }

  /** The key of a run that waits is kept with the run itself, for as long as it exists. */
  private ResponseEntity<byte[]> enqueue(Caller caller, NewRun run) {
    var made = create(caller, run, Receipt.none());
    return Answers.of(made.isNew() ? 201 : 200, json(made));
  }

  private RunJson json(MadeRun made) {
    return RunJson.of(made.run(), describeRuns.of(made.run(), made.job()));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping
  ResponseEntity<byte[]> list(
      Caller caller,
      @RequestHeader(name = Callers.ORGANIZATION, defaultValue = "") String named,
      Query query) {
    if (RunQuery.namesOrganization(query)) {
      return Answers.ok(byOffset(caller, query));
    }
    if (Callers.usualOrganization(caller, named).isEmpty()) {
      RunQuery.requireOrganization(query);
    }
    return Answers.ok(byCursor(caller, query));
  }

  private MadeRun create(Caller caller, NewRun run, Receipt<MadeRun> receipt) {
    try {
      return createRuns.create(caller, run, receipt);
    } catch (Rejection rejection) {
      throw new RequestRefused(RunRefusals.asAskedFor(run, Rejections.problem(rejection)));
    }
  }

  private RunListJson byOffset(Caller caller, Query query) {
    var limit = query.limit(USUAL_PAGE, ListRuns.LARGEST_TRACKER_PAGE);
    var offset = query.offset(ListRuns.FARTHEST_OFFSET);
    if (query.has("cursor")) {
      query.refuse("cursor", "cursor leads through the list of X-Organization-Id; use offset here");
    }
    if (query.has("sort")) {
      query.refuse("sort", "sort orders the list of X-Organization-Id; this one has its own order");
    }
    var organization = runQuery.organization(query);
    var lines =
        runQuery
            .filter(query, organization)
            .map(filter ->
                listRuns.latestStartFirst(
                    caller, organization.orElseThrow(), filter, limit, offset))
            .orElse(List.of());
    return RunListJson.byOffset(lines, limit, offset);
  }

  private RunListJson byCursor(Caller caller, Query query) {
    var limit = query.limit(USUAL_PAGE, ListRuns.LARGEST_PAGE);
    var cursor = query.text("cursor");
    var order = RunQuery.order(query);
    if (query.has("offset")) {
      query.refuse("offset", "offset leads through the list of organizationId; use cursor here");
    }
    var page =
        runQuery
            .filter(query, Optional.of(caller.organization()))
            .map(filter -> listRuns.byCreation(caller, filter, order, cursor, limit))
            .orElse(new Page<>(List.of(), Optional.empty()));
    return RunListJson.byCursor(page, limit);
  }
}
