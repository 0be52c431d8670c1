package dev.runs.adapters.cli.worker;

import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.HttpApi;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Work of a server. */
public final class RemoteWork implements WorkSource {

  private static final int OK = 200;

  /** What is said to a worker that has nothing to say of the run any more. */
  private static final Set<String> NOT_YOURS = Set.of("lease.stale", "run.not_found");

  private final HttpApi api;

  /**
   * @param api is closed with it
   */
  RemoteWork(HttpApi api) {
    this.api = api;
  }

  /**
   * Of the server at an address.
   *
   * @param key one that may claim: scope {@code runs:claim}
   */
  public static RemoteWork at(URI server, String key) {
    return new RemoteWork(new HttpApi(server, Optional.of(key), Optional.empty()));
  }

  @Override
  public List<ClaimedRun> claim(Wish wish) {
    var body = Documents.object().put("workerId", wish.worker().value());
    var kinds = body.putArray("kinds");
    wish.kinds().stream().sorted().map(Kind::value).forEach(kinds::add);
    body.put("limit", wish.limit())
        .put("leaseSeconds", wish.lease().toSeconds())
        .put("waitSeconds", wish.patience().toSeconds());
    var answer = answered(() -> api.post("/v1/runs:claim", body, wish.patience()));
    return answer.body().path("runs").valueStream().map(RemoteWork::claimed).toList();
  }

  @Override
  public Map<RunId, Kept> keep(WorkerId worker, List<ClaimedRun> held, Duration lease) {
    var body =
        Documents.object().put("workerId", worker.value()).put("leaseSeconds", lease.toSeconds());
    var items = body.putArray("items");
    held.forEach(run -> shown(run, items.addObject().put("id", run.id().toString())));
    var results = answered(() -> api.post("/v1/runs:heartbeat", body)).body().path("results");
    var kept = new HashMap<RunId, Kept>();
    for (var result : results.values()) {
      kept.put(held.get(result.path("index").asInt()).id(), kept(result));
    }
    return kept;
  }

  @Override
  public void report(WorkerId worker, ClaimedRun run, Outcome outcome) {
    var body = shown(run, Documents.object().put("workerId", worker.value()));
    var verb =
        switch (outcome) {
          case Outcome.Succeeded(var outputRef, var output) -> {
            outputRef.ifPresent(ref -> body.put("outputRef", ref.value()));
            output.ifPresent(document -> body.set("output", Documents.read(document.json())));
            yield "succeed";
          }
          case Outcome.Failed(var error, var isRetryable, var kind) -> {
            body.put("error", error)
                .put("retryable", isRetryable)
                .put("kind", kind.name().toLowerCase(Locale.ROOT));
            yield "fail";
          }
          case Outcome.Released _ -> "release";
          case Outcome.Lost _, Outcome.TimedOut _, Outcome.Stopped _ ->
              throw new IllegalArgumentException("no worker reports this: " + outcome);
        };
    try {
      answered(() -> api.post("/v1/runs/" + run.id() + ":" + verb, body));
    } catch (CommandFailed e) {
      if (NOT_YOURS.contains(e.code())) {
        throw new LeaseLost(e.sentence());
      }
      throw new ReportRefused(e.sentence());
    }
  }

  @Override
  public void close() {
    api.close();
  }

  private static ObjectNode shown(ClaimedRun run, ObjectNode body) {
    return body.put("attempt", run.attempt()).put("leaseToken", run.token().toString());
  }

  private static Kept kept(JsonNode result) {
    if (result.path("status").asInt() != OK) {
      return NOT_YOURS.contains(result.path("error").path("code").asString(""))
          ? Kept.LOST
          : Kept.HELD;
    }
    return result.path("lease").path("cancelRequested").asBoolean(false)
        ? Kept.ASKED_TO_STOP
        : Kept.HELD;
  }

  private static ClaimedRun claimed(JsonNode run) {
    return new ClaimedRun(
        id(run, "id"),
        id(run, "rootRunId"),
        new Kind(run.path("kind").asString()),
        run.path("project").asString(),
        run.path("attempt").asInt(),
        run.path("maxAttempts").asInt(),
        waited(run),
        new LeaseToken(UUID.fromString(run.path("lease").path("leaseToken").asString())),
        Documents.text(run.path("input")));
  }

  private static RunId id(JsonNode run, String member) {
    return new RunId(UUID.fromString(run.path(member).asString()));
  }

  private static Duration waited(JsonNode run) {
    var created = instant(run, "createdAt");
    var ready = instant(run, "scheduledAt").filter(at -> created.map(at::isAfter).orElse(true));
    var from = ready.or(() -> created);
    var claimed = instant(run, "claimedAt");
    return from.isPresent() && claimed.isPresent()
        ? Duration.between(from.get(), claimed.get())
        : Duration.ZERO;
  }

  private static Optional<Instant> instant(JsonNode run, String member) {
    var text = run.path(member).asString("");
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  private static <T> T answered(Supplier<T> request) {
    try {
      return request.get();
    } catch (CommandFailed e) {
      if (e.isUnreachable()) {
        throw new WorkSourceUnavailable(e.sentence(), e);
      }
      throw e;
    }
  }
}
