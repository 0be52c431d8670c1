package dev.runs.adapters.rest.queue;

import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.run.RunJson;
import dev.runs.application.Caller;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.application.queue.ClaimRuns.Claimed;
import dev.runs.application.queue.ClaimRuns.Request;
import dev.runs.application.run.DescribeRuns;
import dev.runs.domain.access.Scope;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.WorkerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Gives queued runs to workers; those of a platform key that names no organization serve all. */
@RestController
class ClaimController {

  private record ClaimedRunsJson(List<ClaimedRunJson> runs) {}

  private final ClaimRuns claimRuns;
  private final DescribeRuns describeRuns;

  ClaimController(ClaimRuns claimRuns, DescribeRuns describeRuns) {
    this.claimRuns = claimRuns;
    this.describeRuns = describeRuns;
  }

  @Needs(Scope.RUNS_CLAIM)
  @PostMapping("/v1/runs:claim")
  ResponseEntity<byte[]> claim(
      @RequestHeader(name = Callers.ORGANIZATION, defaultValue = "") String named,
      Caller caller,
      Body body) {
    var fields = Fields.of(body);
    var worker =
        fields.made(
            "workerId", fields.required("workerId", fields.text("workerId")), WorkerId::new);
    var kinds = kinds(fields);
    var limit = fields.whole("limit", 1, ClaimRuns.MOST_AT_ONCE).map(Long::intValue).orElse(1);
    var lease =
        fields
            .whole(
                "leaseSeconds",
                JobLimits.SHORTEST_LEASE.toSeconds(),
                JobLimits.LONGEST_LEASE.toSeconds())
            .map(Duration::ofSeconds)
            .orElse(JobLimits.USUAL_LEASE);
    var wait =
        fields
            .whole("waitSeconds", 0, ClaimRuns.LONGEST_WAIT.toSeconds())
            .map(Duration::ofSeconds)
            .orElse(Duration.ZERO);
    fields.faults().refuseIfAny();
    var claimed =
        claimRuns.claim(
            named.isEmpty() ? caller : caller.keptWithin(),
            new Request(worker.orElseThrow(), kinds, limit, lease),
            wait);
    return Answers.ok(new ClaimedRunsJson(claimed.stream().map(this::json).toList()));
  }

  private ClaimedRunJson json(Claimed claimed) {
    var facts = describeRuns.of(claimed.run(), Optional.of(claimed.job()));
    return new ClaimedRunJson(
        RunJson.of(claimed.run(), facts), claimed.input().json(), LeaseJson.of(claimed.lease()));
  }

  private static Set<Kind> kinds(Fields fields) {
    var kinds = new HashSet<Kind>();
    fields
        .texts("kinds", ClaimRuns.MOST_KINDS)
        .orElse(List.of())
        .forEach(text -> fields.attempt("kinds", () -> new Kind(text)).ifPresent(kinds::add));
    return kinds;
  }
}
