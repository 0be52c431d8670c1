package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.HttpApi;
import dev.runs.adapters.cli.connection.Mode;
import dev.runs.domain.access.Organization;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Runs of a server. */
final class RemoteRunDesk implements RunDesk {

  private static final int CREATED = 201;

  /** What a server says to a platform key that names no organization. */
  private static final String NO_ORGANIZATION = "organizationId query param is required";

  private final HttpApi api;

  RemoteRunDesk(HttpApi api) {
    this.api = api;
  }

  @Override
  public Mode mode() {
    return Mode.REMOTE;
  }

  @Override
  public Enqueued enqueue(EnqueueRequest request) {
    var answer = api.post("/v1/runs", request.json());
    return new Enqueued(RunDocument.ofAnswer(answer.body()), answer.status() == CREATED);
  }

  @Override
  public RunDocument show(String id) {
    return RunDocument.ofOneAnswer(api.get(path(id), Map.of()));
  }

  @Override
  public Listed list(ListRequest request) {
    var query = query(request);
    try {
      return listed(api.get("/v1/runs", query));
    } catch (CommandFailed e) {
      if (e.sentence().equals(NO_ORGANIZATION)) {
        return ofDefault(query);
      }
      throw e;
    }
  }

  @Override
  public RunDocument cancel(String id) {
    return RunDocument.ofAnswer(api.post(path(id) + ":cancel", null).body());
  }

  @Override
  public RunDocument retry(String id) {
    return RunDocument.ofAnswer(api.post(path(id) + ":retry", null).body());
  }

  @Override
  public void close() {
    api.close();
  }

  /**
   * What a platform key enqueues goes to the organization {@code default}, so that one is meant
   * here too. Its runs know its id.
   */
  private Listed ofDefault(Map<String, String> query) {
    var first =
        api.get("/v1/runs", Map.of("clerkOrgId", Organization.DEFAULT.toString(), "limit", "1"));
    var organization = first.path("runs").path(0).path("organizationId").asString("");
    if (organization.isEmpty()) {
      return new Listed(List.of(), Optional.empty());
    }
    return listed(api.actingIn(organization).get("/v1/runs", query));
  }

  private static Listed listed(JsonNode answer) {
    return new Listed(
        answer.path("runs").valueStream().map(RunDocument::ofAnswer).toList(),
        Optional.of(answer.path("nextCursor").asString("")).filter(next -> !next.isEmpty()));
  }

  private static Map<String, String> query(ListRequest request) {
    var query = new LinkedHashMap<String, String>();
    query.put("limit", Integer.toString(request.limit()));
    query.put("projectId", request.project().orElse(""));
    query.put("state", request.state().orElse(""));
    query.put("kind", request.kind().orElse(""));
    query.put("since", request.since().map(Instant::toString).orElse(""));
    query.put("before", request.before().map(Instant::toString).orElse(""));
    query.put("cursor", request.cursor().orElse(""));
    return query;
  }

  private static String path(String id) {
    return "/v1/runs/" + HttpApi.encoded(id);
  }
}
