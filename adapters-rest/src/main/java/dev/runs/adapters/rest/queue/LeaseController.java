package dev.runs.adapters.rest.queue;

import dev.runs.adapters.rest.batch.Batch;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.run.RunJson;
import dev.runs.application.Caller;
import dev.runs.application.queue.KeepLeases;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.ReportOutcomes;
import dev.runs.application.queue.ReportOutcomes.Report;
import dev.runs.application.run.DescribeRuns;
import dev.runs.domain.access.Scope;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What workers say of the runs they hold, one or many at once. */
@RestController
class LeaseController {

  private static final Batch.Shown<Shown, Lease> LEASES =
      new Batch.Shown<>() {
        @Override
        public String name() {
          return "lease";
        }

        @Override
        public Object json(Lease lease) {
          return LeaseJson.of(lease);
        }

        @Override
        public int status(Lease lease) {
          return 200;
        }

        @Override
        public Problem refused(Shown item, Problem problem) {
          return Reports.asAskedFor(problem);
        }
      };

  private final KeepLeases keepLeases;
  private final ReportOutcomes reportOutcomes;
  private final DescribeRuns describeRuns;
  private final Batch.Shown<Report, QueuedRun> runs =
      new Batch.Shown<>() {
        @Override
        public String name() {
          return "run";
        }

        @Override
        public Object json(QueuedRun queued) {
          return LeaseController.this.json(queued);
        }

        @Override
        public int status(QueuedRun queued) {
          return 200;
        }

        @Override
        public Problem refused(Report item, Problem problem) {
          return Reports.asAskedFor(problem);
        }
      };

  LeaseController(KeepLeases keepLeases, ReportOutcomes reportOutcomes, DescribeRuns describeRuns) {
    this.keepLeases = keepLeases;
    this.reportOutcomes = reportOutcomes;
    this.describeRuns = describeRuns;
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs/{id:.+}:heartbeat")
  ResponseEntity<byte[]> heartbeat(Caller caller, @PathVariable RunId id, Body body) {
    var fields = Fields.of(body);
    var shown = Reports.shown(fields, id);
    var length = leaseLength(fields);
    fields.faults().refuseIfAny();
    return Answers.ok(LeaseJson.of(keepLeases.keep(caller, shown.orElseThrow(), length)));
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs/{id:.+}:succeed")
  ResponseEntity<byte[]> succeed(Caller caller, @PathVariable RunId id, Body body) {
    return ended(caller, id, body, Reports::succeeded);
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs/{id:.+}:fail")
  ResponseEntity<byte[]> fail(Caller caller, @PathVariable RunId id, Body body) {
    return ended(caller, id, body, Reports::failed);
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs/{id:.+}:release")
  ResponseEntity<byte[]> release(Caller caller, @PathVariable RunId id, Body body) {
    return ended(caller, id, body, Reports::released);
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs:heartbeat")
  ResponseEntity<byte[]> heartbeatEach(Caller caller, Body body) {
    var fields = Fields.of(body);
    var length = leaseLength(fields);
    fields.faults().refuseIfAny();
    var batch = Batch.readEach(body, KeepLeases.MOST_AT_ONCE, Reports.ofItem(fields)::lease);
    return Answers.ok(batch.resultsOf(sound -> keepLeases.keepEach(caller, sound, length), LEASES));
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs:succeed")
  ResponseEntity<byte[]> succeedEach(Caller caller, Body body) {
    return endedEach(caller, body, Reports::succeeded);
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs:fail")
  ResponseEntity<byte[]> failEach(Caller caller, Body body) {
    return endedEach(caller, body, Reports::failed);
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs:release")
  ResponseEntity<byte[]> releaseEach(Caller caller, Body body) {
    return endedEach(caller, body, Reports::released);
  }

  private ResponseEntity<byte[]> ended(
      Caller caller, RunId id, Body body, Function<Fields, Optional<? extends Outcome>> outcome) {
    var fields = Fields.of(body);
    var shown = Reports.shown(fields, id);
    var how = outcome.apply(fields);
    fields.faults().refuseIfAny();
    var report = new Report(shown.orElseThrow(), how.orElseThrow());
    return Answers.ok(json(reportOutcomes.report(caller, report)));
  }

  private ResponseEntity<byte[]> endedEach(
      Caller caller, Body body, Function<Fields, Optional<? extends Outcome>> outcome) {
    var reports = Reports.ofItem(Fields.of(body));
    var batch =
        Batch.readEach(body, ReportOutcomes.MOST_AT_ONCE, item -> reports.report(item, outcome));
    return Answers.ok(batch.resultsOf(sound -> reportOutcomes.reportEach(caller, sound), runs));
  }

  private RunJson json(QueuedRun queued) {
    return RunJson.of(queued.run(), describeRuns.of(queued.run(), Optional.of(queued.job())));
  }

  private static Optional<Duration> leaseLength(Fields fields) {
    return fields
        .whole(
            "leaseSeconds",
            JobLimits.SHORTEST_LEASE.toSeconds(),
            JobLimits.LONGEST_LEASE.toSeconds())
        .map(Duration::ofSeconds);
  }
}
