package dev.runs.adapters.rest.queue;

import dev.runs.adapters.rest.caller.Limited;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.run.RunJson;
import dev.runs.application.Caller;
import dev.runs.application.queue.CancelRuns;
import dev.runs.application.queue.RetryRun;
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.MadeRun;
import dev.runs.domain.access.Scope;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people do with a run that they do not execute themselves. */
@RestController
class RunVerbsController {

  /** How many batches of a cancellation a client waits for; the rest follows in the background. */
  private static final int BATCHES = 10;

  private static final String REASON = "reason";

  private final CancelRuns cancelRuns;
  private final RetryRun retryRun;
  private final DescribeRuns describeRuns;
  private final Once once;

  RunVerbsController(
      CancelRuns cancelRuns, RetryRun retryRun, DescribeRuns describeRuns, Once once) {
    this.cancelRuns = cancelRuns;
    this.retryRun = retryRun;
    this.describeRuns = describeRuns;
    this.once = once;
  }

  /** Doing it twice is doing it once, so it needs no key. */
  @Needs(Scope.RUNS_WRITE)
  @Limited(Budget.CANCELLATIONS)
  @PostMapping("/v1/runs/{id:.+}:cancel")
  ResponseEntity<byte[]> cancel(Caller caller, @PathVariable RunId id, Body body) {
    var run = cancelRuns.cancel(caller, id, reason(Fields.of(body)), BATCHES);
    return Answers.of(
        run.stateName().isTerminal() ? 200 : 202, RunJson.of(run, describeRuns.of(run)));
  }

  @Needs(Scope.RUNS_WRITE)
  @Limited(Budget.NEW_RUNS)
  @PostMapping("/v1/runs/{id:.+}:retry")
  ResponseEntity<byte[]> retry(@PathVariable RunId id, Submission submission) {
    return once.answer(
        submission,
        (MadeRun made) -> new Reply(201, json(made)),
        receipt -> retryRun.retry(submission.caller(), id, receipt));
  }

  private static Optional<String> reason(Fields fields) {
    var reason = fields.text(REASON);
    if (reason.isPresent() && !isReason(reason.get())) {
      fields.refuse(
          REASON,
          "reason must have 1 to %,d characters and not only blanks"
              .formatted(RunEvent.LONGEST_REASON));
    }
    fields.faults().refuseIfAny();
    return reason;
  }

  private static boolean isReason(String text) {
    return !text.isBlank() && text.codePointCount(0, text.length()) <= RunEvent.LONGEST_REASON;
  }

  private RunJson json(MadeRun made) {
    return RunJson.of(made.run(), describeRuns.of(made.run(), made.job()));
  }
}
