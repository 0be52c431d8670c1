package dev.runs.bootstrap.endtoend;

import dev.runs.application.queue.QueueClient;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the way over HTTP: each tenant with a key of a team, who serves both with the platform's.
 */
final class HttpQueueClient implements QueueClient {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Client platform;
  private final Map<Tenant, Client> tenants = new EnumMap<>(Tenant.class);

  /** Makes an organization for each tenant, with a team and a key. */
  HttpQueueClient(Client platform) {
    this.platform = platform;
    for (var tenant : Tenant.values()) {
      tenants.put(tenant, keyHolder(platform, tenant));
    }
  }

  private static Client keyHolder(Client platform, Tenant tenant) {
    var organization =
        platform
            .post(
                "/v1/organizations", "{'externalId':'%s'}", tenant.name().toLowerCase(Locale.ROOT))
            .is(201)
            .id();
    var within = platform.with("X-Organization-Id", organization);
    var team = within.post("/v1/teams", "{'name':'queue'}").is(201).id();
    var key =
        within
            .post(
                "/v1/teams/" + team + "/keys",
                "{'name':'k','scopes':['runs:read','runs:write','runs:claim','org:admin']}")
            .is(201)
            .textAt("/key");
    return new Client(platform.server(), Map.of("X-API-Key", key));
  }

  @Override
  public Answer<View> enqueue(Tenant tenant, Request request) {
    return answer(
        of(tenant).post("/v1/runs", json(request).toString()), Set.of(200, 201), this::view);
  }

  @Override
  public List<Answer<View>> enqueueAll(Tenant tenant, List<Request> requests) {
    var body = MAPPER.createObjectNode().put("atomic", false);
    requests.forEach(request -> body.withArray("items").add(json(request)));
    return items(of(tenant).post("/v1/runs:batch", body.toString()));
  }

  @Override
  public List<Claim> claim(
      Optional<Tenant> tenant, Set<String> kinds, int limit, Duration lease, String worker) {
    var body = MAPPER.createObjectNode();
    body.put("workerId", worker).put("limit", limit).put("leaseSeconds", lease.toSeconds());
    if (!kinds.isEmpty()) {
      kinds.forEach(body.withArray("kinds")::add);
    }
    var answer =
        tenant.map(this::of).orElse(platform).post("/v1/runs:claim", body.toString()).is(200);
    return answer
        .at("/runs")
        .valueStream()
        .map(run ->
            new Claim(
                new RunId(UUID.fromString(run.at("/id").asString())),
                run.at("/lease/attempt").asInt(),
                UUID.fromString(run.at("/lease/leaseToken").asString()),
                run.at("/claimedBy").asString(),
                run.at("/input/content").asInt()))
        .toList();
  }

  @Override
  public Answer<Kept> heartbeat(Tenant tenant, Claim claim) {
    return answer(
        of(tenant).post(verb(claim.run(), "heartbeat"), lease(claim).toString()),
        Set.of(200),
        lease ->
            new Kept(
                Instant.parse(lease.at("/expiresAt").asString()),
                lease.at("/cancelRequested").asBoolean()));
  }

  @Override
  public Answer<View> report(Tenant tenant, Claim claim, Report report) {
    return answer(
        of(tenant).post(verb(claim.run(), verb(report)), json(claim, report).toString()),
        Set.of(200),
        this::view);
  }

  /** A batch holds reports of one kind: one after the other, as long as they are of the same. */
  @Override
  public List<Answer<View>> reportAll(Tenant tenant, List<Claim> claims, List<Report> reports) {
    var answers = new ArrayList<Answer<View>>();
    while (answers.size() < claims.size()) {
      var verb = verb(reports.get(answers.size()));
      var body = MAPPER.createObjectNode();
      for (var i = answers.size(); i < claims.size() && verb(reports.get(i)).equals(verb); i++) {
        body.withArray("items")
            .add(json(claims.get(i), reports.get(i)).put("id", claims.get(i).run().toString()));
      }
      answers.addAll(items(of(tenant).post("/v1/runs:" + verb, body.toString())));
    }
    return answers;
  }

  @Override
  public Answer<View> cancel(Tenant tenant, RunId run) {
    return answer(of(tenant).post(verb(run, "cancel"), "{}"), Set.of(200, 202), this::view);
  }

  @Override
  public Answer<View> retry(Tenant tenant, RunId run) {
    return answer(of(tenant).post(verb(run, "retry"), "{}"), Set.of(201), this::view);
  }

  @Override
  public Answer<RunId> delete(Tenant tenant, RunId run) {
    return answer(of(tenant).delete("/v1/runs/" + run), Set.of(204), _ -> run);
  }

  @Override
  public Answer<View> complete(Tenant tenant, RunId run) {
    return answer(
        of(tenant).patch("/v1/runs/" + run, "{'status':'completed'}"), Set.of(200), this::view);
  }

  @Override
  public Answer<View> show(Tenant tenant, RunId run) {
    return answer(of(tenant).get("/v1/runs/" + run), Set.of(200), this::view);
  }

  @Override
  public void treat(Tenant tenant, String kind, Optional<Integer> mostRunning, boolean isPaused) {
    var body = MAPPER.createObjectNode().put("paused", isPaused);
    mostRunning.ifPresent(most -> body.put("concurrency", most));
    of(tenant).put("/v1/kinds/" + kind.replace("/", "%2F"), body.toString()).is(200);
  }

  private Client of(Tenant tenant) {
    return Objects.requireNonNull(tenants.get(tenant));
  }

  private static String verb(RunId run, String verb) {
    return "/v1/runs/%s:%s".formatted(run, verb);
  }

  private static String verb(Report report) {
    return switch (report) {
      case Report.Succeeded _ -> "succeed";
      case Report.Failed _ -> "fail";
      case Report.Released _ -> "release";
    };
  }

  private static ObjectNode json(Request request) {
    var json = MAPPER.createObjectNode();
    json.put("kind", request.kind())
        .put("priority", request.priority())
        .put("maxAttempts", request.maxAttempts())
        .putObject("input")
        .put("content", request.content());
    request.key().ifPresent(key -> json.put("idempotencyKey", key));
    request.parent().ifPresent(parent -> json.put("parentRunId", parent.toString()));
    request.timeout().ifPresent(timeout -> json.put("timeout", timeout.toSeconds()));
    if (!request.putOff().isZero()) {
      json.put("scheduledAt", Instant.now().plus(request.putOff()).toString());
    }
    return json;
  }

  private static ObjectNode lease(Claim claim) {
    return MAPPER
        .createObjectNode()
        .put("workerId", claim.worker())
        .put("attempt", claim.attempt())
        .put("leaseToken", claim.token().toString());
  }

  private static ObjectNode json(Claim claim, Report report) {
    var json = lease(claim);
    if (report instanceof Report.Failed(var error, var isRetryable)) {
      json.put("error", error).put("retryable", isRetryable).put("kind", "system");
    }
    return json;
  }

  private List<Answer<View>> items(Client.Answer answer) {
    if (answer.status() != 200 && answer.status() != 201 && answer.status() != 207) {
      answer.is(200);
    }
    return answer
        .at("/results")
        .valueStream()
        .map(item ->
            item.at("/status").asInt() < 300
                ? new Answer.Given<>(view(item.at("/run")))
                : new Answer.Refused<View>(item.at("/error/code").asString()))
        .map(one -> (Answer<View>) one)
        .toList();
  }

  private static <T> Answer<T> answer(
      Client.Answer answer, Set<Integer> sound, Function<JsonNode, T> value) {
    if (sound.contains(answer.status())) {
      return new Answer.Given<>(
          value.apply(answer.text().isEmpty() ? MAPPER.nullNode() : answer.json()));
    }
    if (answer.status() < 400 || answer.status() >= 500) {
      throw new AssertionError("unexpected: " + answer);
    }
    return new Answer.Refused<>(answer.textAt("/code"));
  }

  private View view(JsonNode run) {
    return new View(
        new RunId(UUID.fromString(run.at("/id").asString())),
        run.at("/state").asString(),
        run.at("/attempt").asInt(),
        text(run.at("/claimedBy")),
        text(run.at("/error")));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(node.asString());
  }
}
