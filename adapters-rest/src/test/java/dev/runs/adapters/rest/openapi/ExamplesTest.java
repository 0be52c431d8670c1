package dev.runs.adapters.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestWorld;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.Rate;
import dev.runs.application.cost.FixedUnitPrices;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Does what the examples of the document do, one after the other, and compares the answers. */
class ExamplesTest {

  private static final String ACME = "00000000-0000-7000-8000-000000000003";
  private static final String ROOT = "00000000-0000-7000-8000-00000000000a";
  private static final String CHILD = "00000000-0000-7000-8000-00000000000b";
  private static final String NOBODY = "00000000-0000-7000-8000-00000000dead";

  /** Stands in the examples for the ids of requests, which are random. */
  private static final String REQUEST = "5e0c8a52-6b5e-4c53-9d5e-2f1f3b7a9c10";

  private static final String ORGANIZATION = "/v1/organizations/" + ACME;
  private static final String COSTS = "/v1/runs/" + ROOT + "/costs";

  /** What takes more than one request to bring about. */
  private static final Set<String> NOT_DONE = Set.of("deleteRun/202/deleting");

  private final RestWorld world = new RestWorld();
  private final Document document = Document.SERVED;
  private final Map<String, JsonNode> done = new TreeMap<>();

  @Test
  void areWhatIsReallyAnswered() {
    registerPeopleAndPrices();
    setUpOrganizations();
    recordRuns();
    chargeRuns();
    lookAtRuns();
    endRuns();
    lookAtTheService();
    keepProjects();
    keepTeams();
    keepKeys();
    keepPeople();
    lookAtTheAuditLog();
    enqueueRuns();
    workOffTheQueue();
    workInBatches();
    cancelAndRetry();
    keepKinds();
    forgetEvents();
    recordPipelines();
    refusePipelines();
    refuse();
    tellOfLineage();

    assertThat(documented()).isEqualTo(done);
  }

  private void registerPeopleAndPrices() {
    post("/v1/organizations", "new", 201);
    post("/v1/organizations", "new", 200, "known");
    post("/v1/users", "new", 201);
    post("/v1/users", "new", 200, "known");
    send("PUT", "/v1/costs/gpt-4o-input-tokens", "now", 200, "now");
    send("PUT", "/v1/costs/gpt-4o-input-tokens", "later", 200, "later");
    client().put("/v1/costs/gpt-4o-output-tokens", "{'costPerUnitInUsdCents':0.001}").is(200);
  }

  private void setUpOrganizations() {
    get(ORGANIZATION, 200, "organization");
    send("PATCH", ORGANIZATION, "switchedOff", 200, "switchedOff");
    var client = client();
    note(
        "PATCH",
        ORGANIZATION,
        "unknownWord",
        client.patch(ORGANIZATION, "{'credentialCheck':'on'}"),
        400);
    client.patch(ORGANIZATION, "{'credentialCheck':'refuse'}").is(200);
    refused("/v1/runs", "credential", 422, run(",'input':{'apiKey':'abc'}"));
    get("/v1/organizations/" + NOBODY, 404, "unknownOrganization");
    setUpRetention();
  }

  private void setUpRetention() {
    var retention = ORGANIZATION + "/retention";
    get(retention, 200, "usual");
    send("PUT", retention, "longer", 200, "longer");
    note("PUT", retention, "tooMany", client().put(retention, "{'otherDays':3651}"), 400);
    client().delete(retention).is(204);
    note("DELETE", retention, "notSet", client().delete(retention), 404);
  }

  private void recordRuns() {
    post("/v1/runs", "firstForm", 201);
    post("/v1/runs", "child", 201);
    post("/v1/runs", "laterForm", 201);
    post("/v1/runs:batch", "atomic", 201);
    post("/v1/runs:batch", "each", 200);
  }

  private void chargeRuns() {
    post(COSTS, "usage", 201);
    post(COSTS, "correction", 201);
    post("/v1/costs:batch", "atomic", 201);
    post("/v1/costs:batch", "each", 200);
  }

  private void lookAtRuns() {
    get("/v1/runs/" + ROOT, 200, "root");
    get("/v1/runs/" + ROOT + "/tree", 200, "tree");
    get(COSTS + "?limit=2", 200, "lines");
    get("/v1/runs?serviceName=crawler&limit=1&organizationId=" + ACME, 200, "byOffset");
    var acme = client().within(ACME);
    note("GET", "/v1/runs", "byCursor", acme.get("/v1/runs?serviceName=crawler&limit=1"), 200);
    get("/v1/runs/summary?organizationId=" + ACME, 200, "byService");
    get("/v1/runs/summary?groupBy=userId&organizationId=" + ACME, 200, "byUser");
    get("/v1/runs/summary?groupBy=costName&organizationId=" + ACME, 200, "byCostName");
  }

  private void endRuns() {
    send("PATCH", "/v1/runs/" + CHILD, "completed", 200, "completed");
    send("PATCH", "/v1/runs/" + CHILD, "failed", 409, "endedOtherwise");
    lookAtEvents();
    client().delete("/v1/runs/" + CHILD).is(204);
  }

  private void lookAtEvents() {
    world.tellEvents();
    var ofChild = "/v1/runs/" + CHILD + "/events?type=run.created&type=run.succeeded";
    get(ofChild, 200, "events");
    var stream = client().with("Accept", "text/event-stream").get(ofChild + "&from=start").is(200);
    done.put("showRunEvents/200/eventStream", StringNode.valueOf(stream.text()));
  }

  /** As happens when they are old. */
  private void forgetEvents() {
    world.tellEvents();
    var end = world.clock().instant().plusSeconds(1);
    world.stores().write(() -> world.stores().runEventLog().forget(end, Integer.MAX_VALUE));
    get("/v1/events?after=1", 410, "forgotten");
  }

  private void lookAtTheService() {
    get("/v1/costs", 200, "prices");
    get("/v1/costs/gpt-4o-input-tokens", 200, "price");
    get("/v1/costs/gpt-4o-input-tokens/history", 200, "history");
    get("/v1/system/rollup-audit?limit=2", 200, "clean");
    get("/health", 200, "healthy");
    get("/healthz", 200, "alive");
    get("/readyz", 200, "ready");
  }

  private void keepProjects() {
    inAcme("POST", "/v1/projects", "new", 201, "new");
    inAcme("POST", "/v1/projects", "new", 409, "slugTaken");
    inAcme("GET", "/v1/projects", 200, "projects");
    inAcme("GET", "/v1/projects/crawl", 200, "project");
    inAcme("GET", "/v1/projects/nothing", 404, "unknownProject");
    inAcme("PATCH", "/v1/projects/crawl", "renamed", 200, "renamed");
    inAcme("DELETE", "/v1/projects/default", 409, "isDefault");
    world
        .client()
        .post(
            "/v1/runs",
            "{'organizationId':'%s','serviceName':'a','taskName':'b','projectId':'crawl'}",
            ACME)
        .is(201);
    inAcme("DELETE", "/v1/projects/crawl", 409, "hasRuns");
  }

  private void keepTeams() {
    inAcme("POST", "/v1/teams", "new", 201, "new");
    inAcme("POST", "/v1/teams", "new", 409, "nameTaken");
    note("POST", "/v1/teams", "noName", client().post("/v1/teams", "{}"), 400);
    inAcme("GET", "/v1/teams", 200, "teams");
    inAcme("GET", "/v1/teams/" + made("createTeam/201/new", "id"), 200, "team");
    inAcme("GET", "/v1/teams/" + NOBODY, 404, "unknownTeam");
    inAcme("PATCH", "/v1/teams/" + made("createTeam/201/new", "id"), "renamed", 200, "renamed");
  }

  private void keepKeys() {
    var keys = "/v1/teams/" + made("createTeam/201/new", "id") + "/keys";
    inAcme("POST", keys, "new", 201, "new");
    var id = made("createKey/201/new", "id");
    var holder = client().with("X-API-Key", made("createKey/201/new", "key"));
    note("POST", "/v1/teams", "scopeMissing", holder.post("/v1/teams", "{}"), 403);
    inAcme("GET", keys, 200, "keys");
    inAcme("GET", keys + "/" + id, 200, "key");
    inAcme("GET", keys + "/" + NOBODY, 404, "unknownKey");
    inAcme("POST", keys + "/" + id + ":rotate", "hour", 201, "hour");
    inAcme("POST", keys + "/" + id + ":revoke", "now", 200, "now");
    inAcme("POST", keys + "/" + id + ":rotate", "hour", 409, "ended");
  }

  private void lookAtTheAuditLog() {
    var keys = client().get("/v1/audit?action=key.created").is(200).json();
    done.put("showAudit/200/keys", keys);
    get("/v1/audit?action=key.deleted", 400, "unknownAction");
    var csv = client().get("/v1/audit?format=csv&target=price:gpt-4o-output-tokens").is(200);
    done.put("showAudit/200/csv", StringNode.valueOf(csv.text()));
  }

  private void keepPeople() {
    inAcme("POST", "/v1/people", "new", 201, "new");
    inAcme("POST", "/v1/people", "new", 409, "loginTaken");
    var id = made("addPerson/201/new", "id");
    inAcme("GET", "/v1/people", 200, "people");
    inAcme("GET", "/v1/people/" + id, 200, "person");
    inAcme("GET", "/v1/people/" + NOBODY, 404, "unknownPerson");
    inAcme("PATCH", "/v1/people/" + id, "promoted", 200, "promoted");
    inAcme("PATCH", "/v1/people/" + id, "disabled", 200, "disabled");
  }

  private void enqueueRuns() {
    post("/v1/runs", "queued", 201);
    post("/v1/runs", "queued", 200, "known");
    var key = ",'idempotencyKey':'welcome-2026-11-20'";
    refused("/v1/runs", "otherQueuedRun", 422, queued("mail.send", key));
    refused("/v1/runs", "bothForms", 400, queued("mail.send", ",'serviceName':'mailer'"));
  }

  private void workOffTheQueue() {
    var first = "/v1/runs/" + made("createRun/201/queued", "id");
    var second = "/v1/runs/" + enqueued("mail.send");
    inAcme("POST", "/v1/runs:claim", "two", 200, "two");
    noteInAcme("/v1/runs:claim", "nothing", 200, "{'workerId':'mailer-1'}");
    noteInAcme("/v1/runs:claim", "noWorker", 400, "{}");
    inAcme("POST", first + ":heartbeat", "alive", 200, "alive");
    noteInAcme(first + ":heartbeat", "stale", 409, lease(1, 9, ""));
    noteInAcme(first + ":succeed", "noLease", 400, "{'workerId':'mailer-1'}");
    inAcme("POST", first + ":succeed", "output", 200, "output");
    noteInAcme(first + ":fail", "otherOutcome", 409, lease(1, 1, ",'error':'too late'"));
    inAcme("POST", second + ":fail", "retryable", 200, "retryable");
    claimAgain(2);
    inAcme("POST", second + ":release", "back", 200, "back");
    claimAgain(3);
    noteInAcme(second + ":cancel", "emptyReason", 400, "{'reason':''}");
    noteInAcme(second + ":cancel", "running", 202, "");
    noteInAcme(second + ":heartbeat", "cancelRequested", 200, lease(3, 4, ""));
    noteInAcme(second + ":retry", "live", 409, "{}");
  }

  /** Lets the waiting run be ready and claims it once more. */
  private void claimAgain(int attempt) {
    world.clock().advance(Duration.ofSeconds(1));
    world.keepQueue();
    var again =
        client().within(ACME).post("/v1/runs:claim", "{'workerId':'mailer-1','leaseSeconds':60}");
    assertThat(again.is(200).at("/runs/0/attempt").intValue()).isEqualTo(attempt);
  }

  private void workInBatches() {
    for (var i = 0; i < 3; i++) {
      enqueued("mail.many");
    }
    client()
        .within(ACME)
        .post("/v1/runs:claim", "{'workerId':'mailer-1','kinds':['mail.many'],'limit':3}")
        .is(200);
    for (var verb : List.of("heartbeat", "succeed", "fail", "release")) {
      inAcme("POST", "/v1/runs:" + verb, "each", 200, "each");
    }
  }

  private void cancelAndRetry() {
    var done = "/v1/runs/" + made("createRun/201/queued", "id");
    noteInAcme(done + ":cancel", "ended", 409, "");
    inAcme("POST", done + ":retry", "again", 201, "again");
    var waiting = enqueued("mail.send");
    inAcme("POST", "/v1/runs/" + waiting + ":cancel", "waiting", 200, "waiting");
    var below = ",'parentRunId':'" + waiting + "'";
    refused("/v1/runs", "canceledAbove", 409, queued("mail.send", below));
  }

  private void keepKinds() {
    inAcme("PUT", "/v1/kinds/mail.send", "mail", 200, "mail");
    client().within(ACME).put("/v1/kinds/sync.aux%2Fcolors", "{'paused':true}").is(200);
    note(
        "PUT",
        "/v1/kinds/mail.send",
        "tooMany",
        client().within(ACME).put("/v1/kinds/mail.send", "{'maxAttempts':101}"),
        400);
    inAcme("GET", "/v1/kinds", 200, "kinds");
    inAcme("GET", "/v1/kinds/mail.send", 200, "kind");
    inAcme("GET", "/v1/kinds/mail.receive", 404, "noPolicy");
    inAcme("GET", "/v1/kinds/" + "x".repeat(256), 400, "tooLong");
  }

  private void recordPipelines() {
    inAcme("PUT", "/api/v1/contracts/user-events/policy", "fail", 200, "fail");
    inAcme("GET", "/api/v1/contracts/user-events/policy", 200, "policy");
    inAcme("GET", "/api/v1/contracts", 200, "policies");
    inAcme("POST", "/api/v1/runs", "new", 201, "new");
    var run = "/api/v1/runs/" + made("recordPipelineRun/201/new", "id");
    inAcme("POST", "/api/v1/validations", "metrics", 201, "metrics");
    inAcme("GET", run, 200, "validated");
    world.clock().advance(Duration.ofSeconds(1));
    inAcme("POST", "/api/v1/validations", "counts", 201, "counts");
    inAcme("PATCH", run, "completed", 200, "completed");
    inAcme("PATCH", run, "failed", 409, "ended");
    inAcme("GET", "/api/v1/runs", 200, "runs");
    inAcme(
        "GET",
        "/api/v1/validations/" + made("recordValidation/201/metrics", "id"),
        200,
        "validation");
    inAcme("GET", "/api/v1/validations", 200, "validations");
    inAcme("GET", "/api/v1/validations/stats/user-events", 200, "stats");
    client().within(ACME).delete("/api/v1/contracts/user-events/policy").is(204);
  }

  private void tellOfLineage() {
    inAcme("POST", "/api/v1/lineage", "early", 201, "early");
  }

  private void refusePipelines() {
    var runs = "/api/v1/runs";
    var validation = "{'contract_id':'user-events','run_id':'run-456','status':'passed'}";
    noteInAcme(runs, "noContract", 422, "{}");
    noteInAcme("/api/v1/validations", "otherRun", 422, validation);
    inAcme("GET", runs + "/run-456", 404, "unknownRun");
    note("GET", runs, "noKey", client().without("X-API-Key").get(runs), 401);
    note("GET", runs, "wrongKey", client().with("X-API-Key", "wrong").get(runs), 403);
    var reader = world.holder(ACME, "'runs:read'", "").with("X-Request-Id", REQUEST);
    note("POST", runs, "mayNot", reader.post(runs, "{'contract_id':'user-events'}"), 403);
  }

  /** A new run that waits; its id. */
  private String enqueued(String kind) {
    return client().post("/v1/runs", queued(kind, "")).is(201).textAt("/id");
  }

  private static String queued(String kind, String more) {
    return "{'organizationId':'" + ACME + "','kind':'" + kind + "'" + more + "}";
  }

  private static String lease(int attempt, int token, String more) {
    return "{'workerId':'mailer-1','attempt':%d,'leaseToken':'00000000-0000-0000-0000-00000000000%d'%s}"
        .formatted(attempt, token, more);
  }

  private void noteInAcme(String path, String name, int status, String body) {
    note("POST", path, name, client().within(ACME).post(path, body), status);
  }

  /** Somebody whose requests all have the same id. */
  private Client client() {
    return world.client().with("X-Request-Id", REQUEST);
  }

  /** A member of an answer that was given before. */
  private String made(String answer, String member) {
    return Objects.requireNonNull(done.get(answer)).get(member).asString();
  }

  /** Sends an example of a request to the organization of the examples. */
  private void inAcme(String method, String path, String request, int status, String name) {
    note(
        method,
        path,
        name,
        client().within(ACME).send(method, path, example(method, path, request)),
        status);
  }

  private void inAcme(String method, String path, int status, String name) {
    var client = client().within(ACME).without("Content-Type");
    note(method, path, name, client.send(method, path, new byte[0]), status);
  }

  private void refuse() {
    var client = client();
    refused("/v1/organizations", "missing", 400, "{}");
    refused("/v1/users", "missing", 400, "{'externalId':'ada'}");
    refused(
        "/v1/users",
        "unknownOrganization",
        404,
        "{'externalId':'ada','organizationId':'" + NOBODY + "'}");
    refused("/v1/runs", "firstForm", 400, "{'organizationId':'" + ACME + "'}");
    refused("/v1/runs", "laterForm", 400, "{'clerkOrgId':'org_2abc','appId':''}");
    refused("/v1/runs", "unknownParent", 404, run(",'parentRunId':'" + NOBODY + "'"));
    refused("/v1/runs:batch", "wrongItems", 400, "{'items':[" + run("") + ",{}]}");
    refused(
        "/v1/runs:batch",
        "unknownParent",
        404,
        "{'items':[" + run("") + "," + run(",'parentRunId':'" + NOBODY + "'") + "]}");
    refused(COSTS, "noItems", 400, "{}");
    refused(COSTS, "unknownCost", 422, "{'items':[{'costName':'gpt-9','quantity':1}]}");
    refused(
        "/v1/costs:batch", "wrongItem", 400, "{'items':[{'runId':'" + ROOT + "','quantity':1}]}");
    refused(
        "/v1/costs:batch",
        "unknownRun",
        404,
        "{'items':[{'runId':'" + NOBODY + "','costName':'gpt-9','quantity':1}]}");
    note(
        "PUT",
        "/v1/costs/x",
        "negative",
        client.put("/v1/costs/x", "{'costPerUnitInUsdCents':-1}"),
        400);
    note("PATCH", "/v1/runs/x", "noStatus", client.patch("/v1/runs/" + ROOT, "{}"), 400);
    get("/v1/runs", 400, "noOrganization");
    get("/v1/runs/" + ROOT + "/tree?cursor=x", 400, "strangeCursor");
    get("/v1/costs?limit=-1", 400, "negativeLimit");
    get("/v1/runs/acme", 400, "noUuid");
    get("/v1/runs/" + NOBODY, 404, "unknownRun");
    get("/v1/costs/gpt-9", 404, "unknownPrice");
    note("GET", "/v1/runs", "unknownHeader", client.within(NOBODY).get("/v1/runs"), 404);
    note("GET", "/v1/run-states", "noKey", client.without("X-API-Key").get("/v1/run-states"), 401);
    note(
        "POST",
        "/v1/organizations",
        "form",
        client
            .with("Content-Type", "application/x-www-form-urlencoded")
            .post("/v1/organizations", "externalId=acme"),
        415);
    client.once("k").post("/v1/organizations", "{'externalId':'acme'}").is(200);
    note(
        "POST",
        "/v1/organizations",
        "otherRequest",
        client.once("k").post("/v1/organizations", "{'externalId':'other'}"),
        422);
    var limited = new RestWorld(Map.of(Budget.KEY, new Rate(1, Duration.ofSeconds(1))), List.of());
    var holder =
        limited.holder(limited.organization(), "'runs:read'", "").with("X-Request-Id", REQUEST);
    holder.get("/v1/runs").is(200);
    note("GET", "/v1/runs", "tooManyRequests", holder.get("/v1/runs"), 429);
    var prices = new FixedUnitPrices();
    prices.breakDown();
    world.pricesFrom(prices);
    refused(COSTS, "down", 502, "{'items':[{'costName':'gpt-9','quantity':1}]}");
    world.breakDown("the database does not answer");
    get("/health", 503, "noDatabase");
  }

  private static String run(String more) {
    return "{'organizationId':'"
        + ACME
        + "','serviceName':'crawler','taskName':'crawl'"
        + more
        + "}";
  }

  private void post(String path, String name, int status) {
    send("POST", path, name, status, name);
  }

  private void post(String path, String request, int status, String name) {
    send("POST", path, request, status, name);
  }

  /** Sends an example of a request. */
  private void send(String method, String path, String request, int status, String name) {
    var answer = client().send(method, path, example(method, path, request));
    note(method, path, name, answer, status);
  }

  private byte[] example(String method, String path, String request) {
    return document
        .operation(method, path)
        .orElseThrow()
        .node()
        .at("/requestBody/content/application~1json/examples/" + request + "/value")
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private void get(String path, int status, String name) {
    note("GET", path.replaceFirst("\\?.*", ""), name, client().get(path), status);
  }

  private void refused(String path, String name, int status, String body) {
    note("POST", path, name, client().post(path, body), status);
  }

  private void note(String method, String path, String name, Answer answer, int status) {
    var operation = document.operation(method, path).orElseThrow();
    done.put(operation.id() + "/" + status + "/" + name, answer.is(status).json());
  }

  /** All examples of answers; one that many operations share counts once. */
  private Map<String, JsonNode> documented() {
    var examples = new TreeMap<String, JsonNode>();
    var shared = new TreeSet<String>();
    for (var operation : document.operations()) {
      for (var response : operation.node().get("responses").properties()) {
        var isShared = response.getValue().has("$ref");
        for (var media : document.resolved(response.getValue()).path("content")) {
          for (var example : media.path("examples").properties()) {
            var key = operation.id() + "/" + response.getKey() + "/" + example.getKey();
            if (done.containsKey(key) || (!isShared && !NOT_DONE.contains(key))) {
              examples.put(key, example.getValue().get("value"));
            }
            if (isShared && !done.containsKey(key)) {
              shared.add(example.getKey());
            }
          }
        }
      }
    }
    for (var name : shared) {
      assertThat(done.keySet())
          .as("shared examples that are done")
          .anyMatch(key -> key.endsWith("/" + name));
    }
    return examples;
  }
}
