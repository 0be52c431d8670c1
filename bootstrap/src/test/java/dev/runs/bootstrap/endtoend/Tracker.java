package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One organization's use of a server: what the tests need of the API, in one call each. */
record Tracker(Client client, String organization) {

  /** Of an organization that has just been registered. */
  static Tracker ofNewOrganization(Client client) {
    var made =
        client.post("/v1/organizations", "{'externalId':'%s'}", UUID.randomUUID()).is(201).id();
    return new Tracker(client, made);
  }

  /** The same organization, by another server. */
  Tracker through(Server server) {
    return new Tracker(server.client(), organization);
  }

  /** A key of the organization with one scope. */
  String newKey(String scope) {
    var asPlatform = client.with("X-Organization-Id", organization);
    var team = asPlatform.post("/v1/teams", "{'name':'%s'}", UUID.randomUUID()).is(201).id();
    return asPlatform
        .post("/v1/teams/" + team + "/keys", "{'name':'k','scopes':['%s']}", scope)
        .is(201)
        .textAt("/key");
  }

  void price(String name, String centsPerUnit) {
    client.put("/v1/costs/" + name, "{'costPerUnitInUsdCents':'%s'}", centsPerUnit).is(200);
  }

  String root() {
    return client
        .post(
            "/v1/runs",
            "{'organizationId':'%s','serviceName':'crawler','taskName':'root'}",
            organization)
        .is(201)
        .id();
  }

  String child(String parent) {
    return askForChild(parent).is(201).id();
  }

  Client.Answer askForChild(String parent) {
    return client.post(
        "/v1/runs",
        "{'organizationId':'%s','serviceName':'crawler','taskName':'page','parentRunId':'%s'}",
        organization,
        parent);
  }

  /** Books one line of a run. */
  Client.Answer book(String run, String name, long quantity) {
    return client.post(
        "/v1/runs/%s/costs".formatted(run),
        "{'items':[{'costName':'%s','quantity':%s}]}",
        name,
        quantity);
  }

  Client.Answer show(String run) {
    return client.get("/v1/runs/" + run);
  }

  /** All runs below one, by their id, level by level. */
  Map<String, JsonNode> below(String run) {
    var found = new LinkedHashMap<String, JsonNode>();
    var path = "/v1/runs/%s/tree?limit=200".formatted(run);
    var page = client.get(path).is(200);
    page.at("/runs").forEach(node -> found.put(node.at("/id").asString(), node));
    while (!page.at("/nextCursor").isNull()) {
      page = client.get(path + "&cursor=" + page.textAt("/nextCursor")).is(200);
      page.at("/runs").forEach(node -> found.put(node.at("/id").asString(), node));
    }
    return found;
  }

  /** Holds the sums of every run of the server to what their facts add up to. */
  void checkAudit() {
    var page = client.get("/v1/system/rollup-audit?limit=1000").is(200);
    assertThat(page.at("/checked").asInt()).isPositive();
    while (page.at("/checked").asInt() > 0) {
      assertThat(page.at("/differences")).isEmpty();
      assertThat(page.at("/clean").asBoolean()).isTrue();
      page =
          client
              .get("/v1/system/rollup-audit?limit=1000&after=" + page.textAt("/lastRunId"))
              .is(200);
    }
  }

  /** Returns when the background loop has folded all that was written. */
  void awaitFolded() {
    Await.until(
        () -> client.get("/v1/system/rollup-audit?limit=1").is(200),
        answer -> answer.at("/pendingDeltas").asInt() == 0);
  }
}
