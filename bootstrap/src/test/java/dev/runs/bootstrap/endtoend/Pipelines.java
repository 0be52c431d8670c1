package dev.runs.bootstrap.endtoend;

import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One organization that reports its pipelines, with a key of its own. */
record Pipelines(Client client, String key, String organization) {

  /** What somebody may who reports pipelines, and does what else a run can be done to. */
  private static final String SCOPES =
      "'runs:read','runs:write','runs:claim','costs:write','validations:write','org:admin'";

  /** The organization of this name, which is made when there is none. */
  static Pipelines of(Server server, String externalId) {
    var platform = server.client();
    var made = platform.post("/v1/organizations", "{'externalId':'%s'}", externalId);
    var organization = made.is(made.status() == 200 ? 200 : 201).id();
    var within = platform.with("X-Organization-Id", organization);
    var team = within.post("/v1/teams", "{'name':'%s'}", UUID.randomUUID()).is(201).id();
    var key =
        within
            .post("/v1/teams/" + team + "/keys", "{'name':'k','scopes':[" + SCOPES + "]}")
            .is(201)
            .textAt("/key");
    return new Pipelines(new Client(server.address(), Map.of("X-API-Key", key)), key, organization);
  }

  /** Makes a run that is running. */
  String run(String contract, String name) {
    return client
        .post(
            "/api/v1/runs",
            "{'contract_id':'%s','pipeline_name':'%s','status':'running'}",
            contract,
            name)
        .is(201)
        .id();
  }

  /** Makes one below another. */
  String child(String parent, String name) {
    return client
        .post(
            "/api/v1/runs",
            "{'contract_id':'orders','pipeline_name':'%s','status':'running','parent_run_id':'%s'}",
            name,
            parent)
        .is(201)
        .id();
  }

  Client.Answer show(String run) {
    return client.get("/api/v1/runs/" + run).is(200);
  }

  String status(String run) {
    return show(run).textAt("/status");
  }

  Client.Answer edit(String run, String body, Object... values) {
    return client.patch("/api/v1/runs/" + run, body, values);
  }

  /** Records what a check of a run's data found, and tells the validation's id. */
  String validate(String run, String contract, boolean passes) {
    return client
        .post(
            "/api/v1/validations",
            "{'contract_id':'%s','run_id':'%s','passed':%s,'row_count':10}",
            contract,
            run,
            passes)
        .is(201)
        .id();
  }

  void gate(String contract, String gate) {
    client.put("/api/v1/contracts/" + contract + "/policy", "{'gate':'%s'}", gate).is(200);
  }

  /** An event of a run, as soon as the log tells it. */
  JsonNode event(String run, String type) {
    var path = "/v1/runs/%s/events?limit=500".formatted(run);
    Await.until(
        () -> client.get(path).is(200),
        page ->
            page.at("/events")
                .valueStream()
                .anyMatch(event -> event.at("/type").asString().equals(type)));
    return client
        .get(path)
        .at("/events")
        .valueStream()
        .filter(event -> event.at("/type").asString().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
