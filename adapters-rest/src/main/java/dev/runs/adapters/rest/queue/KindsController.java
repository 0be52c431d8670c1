package dev.runs.adapters.rest.queue;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.queue.EditKinds;
import dev.runs.application.queue.ShowKinds;
import dev.runs.domain.access.Scope;
import dev.runs.domain.queue.Backoff;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How an organization wants runs of a kind to be treated. A slash in a kind may be encoded. */
@RestController
@RequestMapping("/v1/kinds")
class KindsController {

  private record PageJson(List<KindJson> kinds, int limit, @Nullable String nextCursor) {}

  private final EditKinds editKinds;
  private final ShowKinds showKinds;
  private final InstantSource clock;

  KindsController(EditKinds editKinds, ShowKinds showKinds, InstantSource clock) {
    this.editKinds = editKinds;
    this.showKinds = showKinds;
    this.clock = clock;
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, Query query) {
    var limit = query.limit(ShowKinds.LARGEST_PAGE, ShowKinds.LARGEST_PAGE);
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    var page = showKinds.list(caller, cursor, limit).map(KindJson::of);
    return Answers.ok(new PageJson(page.items(), limit, page.next().orElse(null)));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/{kind}")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable Kind kind) {
    return Answers.ok(KindJson.of(showKinds.show(caller, kind)));
  }

  @Needs(Scope.ORG_ADMIN)
  @PutMapping("/{kind}")
  ResponseEntity<byte[]> put(Caller caller, @PathVariable Kind kind, Body body) {
    var fields = Fields.of(body);
    var usual = KindPolicy.usual(caller.organization(), kind, clock.instant());
    var attempts = fields.whole("maxAttempts", 1, JobLimits.MOST_ATTEMPTS).map(Long::intValue);
    var base = fields.whole("backoffSeconds", 0, Backoff.LONGEST.toSeconds());
    var factor = fields.whole("backoffFactor", 1, Backoff.LARGEST_FACTOR).map(Long::intValue);
    var cap = fields.whole("backoffCapSeconds", 0, Backoff.LONGEST.toSeconds());
    var timeout =
        fields
            .whole(
                "timeout",
                JobLimits.SHORTEST_TIMEOUT.toSeconds(),
                JobLimits.LONGEST_TIMEOUT.toSeconds())
            .map(Duration::ofSeconds);
    var concurrency = fields.whole("concurrency", 1, KindPolicy.LARGEST_LIMIT).map(Long::intValue);
    var startsPerMinute =
        fields.whole("startsPerMinute", 1, KindPolicy.LARGEST_LIMIT).map(Long::intValue);
    var isPaused = fields.flag("paused", false);
    var backoff =
        fields.attempt(
            "backoffCapSeconds",
            () ->
                new Backoff(
                    base.map(Duration::ofSeconds).orElse(usual.backoff().base()),
                    factor.orElse(usual.backoff().factor()),
                    cap.map(Duration::ofSeconds).orElse(usual.backoff().cap())));
    fields.faults().refuseIfAny();
    var policy =
        new KindPolicy(
            caller.organization(),
            kind,
            attempts.orElse(usual.maxAttempts()),
            backoff.orElseThrow(),
            timeout,
            concurrency,
            startsPerMinute,
            isPaused,
            clock.instant());
    return Answers.ok(KindJson.of(editKinds.put(caller, policy)));
  }

  @Needs(Scope.ORG_ADMIN)
  @DeleteMapping("/{kind}")
  ResponseEntity<byte[]> delete(Caller caller, @PathVariable Kind kind) {
    editKinds.remove(caller, kind);
    return Answers.nothing();
  }
}
