package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.Documents;
import dev.runs.application.run.RunFacts;
import dev.runs.application.tree.ShowRun.RunView;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.Job.Claim;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as the commands show it: what the API says of it, under the same names, less what is about
 * costs and the tree. Both modes give the same members in the same order.
 */
record RunDocument(ObjectNode json) {

  /** What is known of every run. */
  static final List<String> OF_ALL =
      List.of(
          "id",
          "kind",
          "state",
          "organizationId",
          "projectId",
          "project",
          "parentRunId",
          "rootRunId",
          "name",
          "serviceName",
          "taskName",
          "attempt",
          "maxAttempts",
          "priority",
          "scheduledAt",
          "timeout",
          "idempotencyKey",
          "claimedBy",
          "claimedAt",
          "cancelRequestedAt",
          "createdAt",
          "updatedAt",
          "startedAt",
          "finishedAt",
          "outputRef",
          "error",
          "failureKind",
          "retryOf");

  /** What is known besides when one run is asked for. */
  private static final List<String> OF_ONE = List.of("input", "output", "totalCostInUsdCents");

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** A run of an answer of the API. */
  static RunDocument ofAnswer(JsonNode answer) {
    return picked(answer, OF_ALL);
  }

  /** The one run that was asked for. */
  static RunDocument ofOneAnswer(JsonNode answer) {
    return picked(answer, Stream.concat(OF_ALL.stream(), OF_ONE.stream()).toList());
  }

  static RunDocument of(Run run, RunFacts facts) {
    var job = facts.job();
    var json = Documents.object();
    json.put("id", run.id().toString());
    json.put("kind", job.map(its -> its.kind().value()).orElse(null));
    json.put("state", run.stateName().wireName());
    json.put("organizationId", run.organization().toString());
    json.put("projectId", facts.project().toString());
    json.put("project", run.space().project().value());
    json.put("parentRunId", run.parent() == null ? null : run.parent().toString());
    json.put("rootRunId", run.path().root().toString());
    json.put("name", run.name().value());
    json.put("serviceName", run.origin().service());
    json.put("taskName", run.origin().task());
    json.put("attempt", run.attempt());
    json.put("maxAttempts", job.map(Job::maxAttempts).orElse(null));
    json.put("priority", job.map(its -> its.priority().value()).orElse(null));
    json.put("scheduledAt", written(job.flatMap(Job::scheduledAt).orElse(null)));
    json.put("timeout", job.flatMap(Job::timeout).map(Duration::toSeconds).orElse(null));
    json.put("idempotencyKey", text(job.flatMap(Job::key)));
    json.put("claimedBy", job.flatMap(Job::claim).map(its -> its.worker().value()).orElse(null));
    json.put("claimedAt", written(job.flatMap(Job::claim).map(Claim::at).orElse(null)));
    json.put("cancelRequestedAt", written(job.flatMap(Job::cancelRequestedAt).orElse(null)));
    json.put("createdAt", written(run.createdAt()));
    json.put("updatedAt", written(run.updatedAt()));
    json.put("startedAt", written(run.startedAt()));
    json.put("finishedAt", written(run.endedAt()));
    json.put("outputRef", text(job.flatMap(Job::outputRef)));
    json.put("error", job.flatMap(Job::error).or(() -> message(run)).orElse(null));
    json.put(
        "failureKind",
        run.state() instanceof RunState.Failed(_, var failure)
            ? failure.kind().name().toLowerCase(Locale.ROOT)
            : null);
    json.put("retryOf", text(job.flatMap(Job::retryOf)));
    return new RunDocument(json);
  }

  static RunDocument of(RunView view) {
    var json = of(view.run(), view.facts()).json();
    json.set("input", payload(view.payloads().map(its -> its.input().json())));
    json.set(
        "output",
        payload(view.payloads().flatMap(its -> its.output()).map(output -> output.json())));
    json.put("totalCostInUsdCents", view.rollup().totalCost().toString());
    return new RunDocument(json);
  }

  String id() {
    return text("id");
  }

  /** Nothing for a state that only a newer server knows. */
  Optional<StateName> state() {
    return StateName.ofWireName(text("state"));
  }

  /** What a member holds; empty when it holds nothing. */
  String text(String member) {
    var value = json.path(member);
    return value.isMissingNode() || value.isNull() ? "" : value.asString("");
  }

  /** A member that is a document; nothing when there is none. */
  Optional<JsonNode> document(String member) {
    return Optional.of(json.path(member))
        .filter(value -> !value.isMissingNode() && !value.isNull());
  }

  private static RunDocument picked(JsonNode answer, List<String> members) {
    var json = Documents.object();
    members.forEach(member -> {
      var value = answer.path(member);
      if (value.isMissingNode()) {
        json.putNull(member);
      } else {
        json.set(member, value);
      }
    });
    return new RunDocument(json);
  }

  private static @Nullable JsonNode payload(Optional<String> document) {
    return document.map(Documents::read).orElse(null);
  }

  private static @Nullable String text(Optional<?> value) {
    return value.map(Object::toString).orElse(null);
  }

  private static @Nullable String written(@Nullable Instant instant) {
    return instant == null ? null : MILLISECONDS.format(instant);
  }

  private static Optional<String> message(Run run) {
    return run.state() instanceof RunState.Failed(_, var failure)
        ? Optional.ofNullable(failure.message())
        : Optional.empty();
  }
}
