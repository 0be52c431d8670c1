package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.RestTest;
import dev.runs.domain.access.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route, called with every scope, from the organization itself, from another one, from the
 * platform, and with keys that are bound to another project, revoked, expired or absent. The routes
 * are those that are mapped: a new one that says nothing here of how it is called fails.
 */
class AuthorizationMatrixTest extends RestTest {

  /** A request that a caller with everything gets through, and what becomes of it elsewhere. */
  private record Call(String path, String body, Foreign foreign) {}

  /** What somebody of another organization is answered. */
  private enum Foreign {
    /** The thing is not found. */
    NOT_FOUND,
    /** The thing is not found, as is said of each item. */
    EACH_NOT_FOUND,
    /** Nothing of it is shown, for one's own things are meant. */
    OWN_ONLY,
    /** It concerns the whole installation and is not for keys of organizations. */
    FORBIDDEN,
    /** It is the same for everybody. */
    SAME
  }

  private record Route(String method, String pattern, Optional<Scope> scope) {
    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  private String own = "";
  private String run = "";
  private String team = "";
  private String key = "";
  private String person = "";
  private String queued = "";
  private String ended = "";
  private String validation = "";
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, Call> calls = new TreeMap<>();

  @BeforeAll
  void settle() {
    own = world.organization();
    run = world.run(own);
    team = world.team(own);
    key =
        client
            .post("/v1/teams/" + team + "/keys", "{'name':'k','scopes':['keys:admin']}")
            .is(201)
            .textAt("/id");
    person = person();
    queueRuns();
    world.priced("1");
    client.within(own).post("/v1/projects", "{'slug':'other'}").is(201);
    describeCalls();
    var mapping =
        world.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    mapping
        .getHandlerMethods()
        .forEach((route, handler) -> {
          for (var pattern : route.getPatternValues()) {
            for (var method : route.getMethodsCondition().getMethods()) {
              routes.add(
                  new Route(
                      method.name(),
                      pattern.replaceAll("\\{(\\w+):[^}]+}", "{$1}"),
                      ScopeGuard.needed(handler)));
            }
          }
        });
  }

  private void describeCalls() {
    var keys = "/v1/teams/" + team + "/keys";
    call("POST /v1/organizations", "", "{'externalId':'x'}", Foreign.FORBIDDEN);
    calls.put(
        "GET /v1/organizations/{id}", new Call("/v1/organizations/" + own, "", Foreign.NOT_FOUND));
    calls.put(
        "PATCH /v1/organizations/{id}",
        new Call("/v1/organizations/" + own, "{'credentialCheck':'refuse'}", Foreign.NOT_FOUND));
    var retention = "/v1/organizations/" + own + "/retention";
    calls.put("GET /v1/organizations/{id}/retention", new Call(retention, "", Foreign.NOT_FOUND));
    calls.put("PUT /v1/organizations/{id}/retention", new Call(retention, "{}", Foreign.NOT_FOUND));
    calls.put(
        "DELETE /v1/organizations/{id}/retention", new Call(retention, "", Foreign.NOT_FOUND));
    call(
        "POST /v1/users",
        "",
        "{'externalId':'x','organizationId':'" + own + "'}",
        Foreign.NOT_FOUND);
    call("POST /v1/runs", "", newRun(), Foreign.NOT_FOUND);
    call("GET /v1/runs", "?organizationId=" + own, "", Foreign.OWN_ONLY);
    call("POST /v1/runs:batch", "", "{'items':[" + newRun() + "]}", Foreign.NOT_FOUND);
    call("GET /v1/runs/summary", "?organizationId=" + own, "", Foreign.OWN_ONLY);
    calls.put("GET /v1/runs/{id}", new Call("/v1/runs/" + run, "", Foreign.NOT_FOUND));
    calls.put(
        "PATCH /v1/runs/{id}",
        new Call("/v1/runs/" + run, "{'status':'completed'}", Foreign.NOT_FOUND));
    calls.put("DELETE /v1/runs/{id}", new Call("/v1/runs/" + run, "", Foreign.NOT_FOUND));
    calls.put(
        "GET /v1/runs/{id}/events", new Call("/v1/runs/" + run + "/events", "", Foreign.NOT_FOUND));
    call("GET /v1/events", "", "", Foreign.OWN_ONLY);
    calls.put(
        "GET /v1/runs/{id}/tree", new Call("/v1/runs/" + run + "/tree", "", Foreign.NOT_FOUND));
    calls.put(
        "GET /v1/runs/{id}/costs", new Call("/v1/runs/" + run + "/costs", "", Foreign.NOT_FOUND));
    calls.put(
        "POST /v1/runs/{id}/costs",
        new Call(
            "/v1/runs/" + run + "/costs",
            "{'items':[{'costName':'unit-1','quantity':1}]}",
            Foreign.NOT_FOUND));
    call(
        "POST /v1/costs:batch",
        "",
        "{'items':[{'runId':'" + run + "','costName':'unit-1','quantity':1}]}",
        Foreign.NOT_FOUND);
    call("GET /v1/costs", "", "", Foreign.SAME);
    calls.put("GET /v1/costs/{name}", new Call("/v1/costs/unit-1", "", Foreign.SAME));
    calls.put(
        "GET /v1/costs/{name}/history", new Call("/v1/costs/unit-1/history", "", Foreign.SAME));
    calls.put(
        "PUT /v1/costs/{name}",
        new Call("/v1/costs/unit-1", "{'costPerUnitInUsdCents':1}", Foreign.FORBIDDEN));
    calls.put("DELETE /v1/costs/{name}", new Call("/v1/costs/unit-9", "", Foreign.FORBIDDEN));
    describeCallsToTheQueue();
    describeCallsOfPipelines();
    call("GET /v1/run-states", "", "", Foreign.SAME);
    call("GET /v1/system/rollup-audit", "", "", Foreign.FORBIDDEN);
    call("GET /metrics", "", "", Foreign.FORBIDDEN);
    call("GET /v1/audit", "?organizationId=" + own, "", Foreign.NOT_FOUND);
    call("POST /v1/projects", "", "{'slug':'default'}", Foreign.OWN_ONLY);
    call("GET /v1/projects", "", "", Foreign.OWN_ONLY);
    calls.put("GET /v1/projects/{id}", new Call("/v1/projects/" + own, "", Foreign.NOT_FOUND));
    calls.put(
        "PATCH /v1/projects/{id}",
        new Call("/v1/projects/" + own, "{'name':'x'}", Foreign.NOT_FOUND));
    calls.put("DELETE /v1/projects/{id}", new Call("/v1/projects/" + own, "", Foreign.NOT_FOUND));
    call("POST /v1/people", "", "{'login':'a b','role':'viewer'}", Foreign.OWN_ONLY);
    call("GET /v1/people", "", "", Foreign.OWN_ONLY);
    calls.put("GET /v1/people/{id}", new Call("/v1/people/" + person, "", Foreign.NOT_FOUND));
    calls.put(
        "PATCH /v1/people/{id}",
        new Call("/v1/people/" + person, "{'disabled':false}", Foreign.NOT_FOUND));
    calls.put("DELETE /v1/people/{id}", new Call("/v1/people/" + person, "", Foreign.NOT_FOUND));
    call("POST /v1/teams", "", "{'name':' '}", Foreign.OWN_ONLY);
    call("GET /v1/teams", "", "", Foreign.OWN_ONLY);
    calls.put("GET /v1/teams/{id}", new Call("/v1/teams/" + team, "", Foreign.NOT_FOUND));
    calls.put(
        "PATCH /v1/teams/{id}", new Call("/v1/teams/" + team, "{'name':'x'}", Foreign.NOT_FOUND));
    calls.put("DELETE /v1/teams/{id}", new Call("/v1/teams/" + team, "", Foreign.NOT_FOUND));
    calls.put("GET /v1/teams/{team}/keys", new Call(keys, "", Foreign.NOT_FOUND));
    calls.put(
        "POST /v1/teams/{team}/keys",
        new Call(keys, "{'name':'x','scopes':['keys:admin']}", Foreign.NOT_FOUND));
    calls.put("GET /v1/teams/{team}/keys/{key}", new Call(keys + "/" + key, "", Foreign.NOT_FOUND));
    calls.put(
        "POST /v1/teams/{team}/keys/{key}:rotate",
        new Call(keys + "/" + key + ":rotate", "{}", Foreign.NOT_FOUND));
    calls.put(
        "POST /v1/teams/{team}/keys/{key}:revoke",
        new Call(keys + "/" + key + ":revoke", "{}", Foreign.NOT_FOUND));
  }

  private void describeCallsToTheQueue() {
    call("POST /v1/runs:claim", "", "{'workerId':'w'}", Foreign.OWN_ONLY);
    for (var verb : List.of("heartbeat", "succeed", "fail", "release")) {
      var item = "'attempt':1,'leaseToken':'" + NOBODY + "','workerId':'w','error':'e'";
      calls.put(
          "POST /v1/runs/{id}:" + verb,
          new Call("/v1/runs/" + queued + ":" + verb, "{" + item + "}", Foreign.NOT_FOUND));
      call(
          "POST /v1/runs:" + verb,
          "",
          "{'items':[{'id':'" + queued + "'," + item + "}]}",
          Foreign.EACH_NOT_FOUND);
    }
    calls.put(
        "POST /v1/runs/{id}:cancel",
        new Call("/v1/runs/" + queued + ":cancel", "", Foreign.NOT_FOUND));
    calls.put(
        "POST /v1/runs/{id}:retry",
        new Call("/v1/runs/" + ended + ":retry", "{}", Foreign.NOT_FOUND));
    call("GET /v1/kinds", "", "", Foreign.OWN_ONLY);
    calls.put("GET /v1/kinds/{kind}", new Call("/v1/kinds/mail", "", Foreign.NOT_FOUND));
    calls.put(
        "PUT /v1/kinds/{kind}", new Call("/v1/kinds/mail", "{'maxAttempts':0}", Foreign.OWN_ONLY));
    calls.put("DELETE /v1/kinds/{kind}", new Call("/v1/kinds/mail", "", Foreign.NOT_FOUND));
  }

  private void describeCallsOfPipelines() {
    call(
        "POST /api/v1/lineage",
        "",
        "{'eventTime':'2026-11-20T12:00:00Z','producer':'p','job':{'namespace':'n','name':'j'},"
            + "'run':{'runId':'0199b5c2-7a10-7d31-8f0e-3c5d9a1b2e4f'}}",
        Foreign.OWN_ONLY);
    call("POST /api/v1/runs", "", "{'contract_id':'c'}", Foreign.OWN_ONLY);
    call("GET /api/v1/runs", "", "", Foreign.OWN_ONLY);
    calls.put("GET /api/v1/runs/{id}", new Call("/api/v1/runs/" + run, "", Foreign.NOT_FOUND));
    calls.put(
        "PATCH /api/v1/runs/{id}",
        new Call("/api/v1/runs/" + run, "{'metadata':{'a':1}}", Foreign.NOT_FOUND));
    call("POST /api/v1/validations", "", "{'contract_id':'c','status':'passed'}", Foreign.OWN_ONLY);
    call("GET /api/v1/validations", "", "", Foreign.OWN_ONLY);
    calls.put(
        "GET /api/v1/validations/{id}",
        new Call("/api/v1/validations/" + validation, "", Foreign.NOT_FOUND));
    calls.put(
        "GET /api/v1/validations/stats/{contract}",
        new Call("/api/v1/validations/stats/c", "", Foreign.OWN_ONLY));
    call("GET /api/v1/contracts", "", "", Foreign.OWN_ONLY);
    var policy = "/api/v1/contracts/c/policy";
    calls.put("GET /api/v1/contracts/{contract}/policy", new Call(policy, "", Foreign.NOT_FOUND));
    calls.put(
        "PUT /api/v1/contracts/{contract}/policy",
        new Call(policy, "{'gate':'perhaps'}", Foreign.OWN_ONLY));
    calls.put(
        "DELETE /api/v1/contracts/{contract}/policy", new Call(policy, "", Foreign.NOT_FOUND));
  }

  private void call(String route, String query, String body, Foreign foreign) {
    calls.put(route, new Call(route.substring(route.indexOf(' ') + 1) + query, body, foreign));
  }

  private String newRun() {
    return "{'organizationId':'" + own + "','serviceName':'a','taskName':'b'}";
  }

  @Test
  void hasARowForEveryRouteThatAsksForAKey() {
    var asking =
        routes.stream()
            .filter(route ->
                client.without("X-API-Key").get(route.pattern().replaceAll("[{}]", "")).status()
                    == 401)
            .filter(route -> !route.pattern().equals("/error"))
            .map(Route::toString);

    assertThat(calls.keySet()).containsExactlyInAnyOrderElementsOf(asking.toList());
  }

  @Test
  void letsEveryScopeThroughWhereItIsNeededAndNowhereElse() {
    for (var scope : Scope.values()) {
      if (scope != Scope.PLATFORM_ADMIN) {
        var holder = world.holder(own, "'" + scope.wireName() + "'", "");
        for (var route : known()) {
          var status = status(holder, route);
          if (route.scope().map(scope::equals).orElse(true)) {
            assertThat(status).as("%s with %s", route, scope).isNotIn(401, 403, 500);
          } else {
            assertThat(status).as("%s with %s", route, scope).isEqualTo(403);
          }
        }
        renew();
      }
    }
  }

  @Test
  void letsThePlatformDoEverything() {
    for (var route : known()) {
      assertThat(status(client, route)).as(route.toString()).isNotIn(401, 403, 500);
    }
    renew();
  }

  @Test
  void showsNothingToAnotherOrganization() {
    var stranger = world.holder(world.organization(), everyScope(), "");
    for (var route : known()) {
      var call = call(route);
      var answer = answer(stranger, route);
      switch (call.foreign()) {
        case NOT_FOUND -> assertThat(answer.status()).as(route.toString()).isEqualTo(404);
        case EACH_NOT_FOUND ->
            assertThat(answer.at("/results/0/status").intValue())
                .as(route.toString())
                .isEqualTo(404);
        case FORBIDDEN -> assertThat(answer.status()).as(route.toString()).isEqualTo(403);
        case OWN_ONLY, SAME ->
            assertThat(answer.text())
                .doesNotContain(own, run, team, key, person, queued, validation);
      }
    }
  }

  @Test
  void showsNothingToAKeyOfAnotherProject() {
    var bound = world.holder(own, everyScope(), ",'projectIds':['other']");
    for (var route : known()) {
      var call = call(route);
      var isAboutRuns =
          call.path().contains(run)
              || call.path().contains(validation)
              || call.path().contains(queued)
              || call.path().contains(ended)
              || route.pattern().equals("/v1/costs:batch");
      if (call.foreign() == Foreign.EACH_NOT_FOUND) {
        assertThat(answer(bound, route).at("/results/0/status").intValue())
            .as(route.toString())
            .isEqualTo(404);
      } else if (isAboutRuns) {
        assertThat(status(bound, route)).as(route.toString()).isEqualTo(404);
      }
    }
    assertThat(bound.get("/v1/runs?organizationId=" + own).is(200).text()).doesNotContain(run);
    assertThat(bound.get("/v1/runs/summary?organizationId=" + own).is(200).text())
        .contains("\"breakdown\":[]");
    assertThat(bound.get("/v1/projects").is(200).text())
        .contains("other")
        .doesNotContain(own + "\",\"org");
    assertThat(bound.post("/v1/runs", newRun()).is(201).textAt("/project")).isEqualTo("other");
    bound
        .post(
            "/v1/runs",
            "{'organizationId':'%s','serviceName':'a','taskName':'b','projectId':'default'}",
            own)
        .is(404);
    bound
        .post(
            "/v1/runs",
            "{'organizationId':'%s','serviceName':'a','taskName':'b','parentRunId':'%s'}",
            own,
            run)
        .is(404);
  }

  @Test
  void letsNobodyInWithoutAKeyThatIsAccepted() {
    var expiring = world.holder(own, everyScope(), ",'expiresAt':'2026-11-20T12:00:10Z'");
    var revoked = revoked();
    world.clock().advance(Duration.ofSeconds(11));
    for (var route : known()) {
      assertThat(status(client.without("X-API-Key"), route)).as(route.toString()).isEqualTo(401);
      var refused = route.pattern().startsWith("/api/") ? 403 : 401;
      assertThat(status(expiring, route)).as("expired, %s", route).isEqualTo(refused);
      assertThat(status(revoked, route)).as("revoked, %s", route).isEqualTo(refused);
    }
  }

  private Client revoked() {
    var keys = "/v1/teams/" + team + "/keys";
    var made = client.post(keys, "{'name':'k','scopes':[" + everyScope() + "]}").is(201);
    var holder = client.with("X-API-Key", made.textAt("/key"));
    holder.get("/v1/teams/" + team).is(200);
    client.post(keys + "/" + made.textAt("/id") + ":revoke", "{}").is(200);
    return holder;
  }

  /** Some calls remove what others need. */
  private void renew() {
    calls.clear();
    run = world.run(own);
    team = world.team(own);
    key =
        client
            .post("/v1/teams/" + team + "/keys", "{'name':'k','scopes':['keys:admin']}")
            .is(201)
            .textAt("/id");
    person = person();
    queueRuns();
    describeCalls();
  }

  private void queueRuns() {
    queued = enqueued();
    ended = enqueued();
    client.post("/v1/runs/" + ended + ":cancel", "").is(200);
    client.within(own).put("/v1/kinds/mail", "{}").is(200);
    client.within(own).put("/api/v1/contracts/c/policy", "{'gate':'none'}").is(200);
    validation =
        client
            .within(own)
            .post("/api/v1/validations", "{'contract_id':'c','run_id':'%s','status':'passed'}", run)
            .is(201)
            .textAt("/id");
    client.put("/v1/organizations/" + own + "/retention", "{}").is(200);
  }

  private String enqueued() {
    return client
        .post("/v1/runs", "{'organizationId':'%s','kind':'mail'}", own)
        .is(201)
        .textAt("/id");
  }

  private String person() {
    return client
        .within(own)
        .post("/v1/people", "{'login':'of-%s','role':'viewer'}", team)
        .is(201)
        .textAt("/id");
  }

  private List<Route> known() {
    return routes.stream().filter(route -> calls.containsKey(route.toString())).toList();
  }

  private Call call(Route route) {
    return Optional.ofNullable(calls.get(route.toString())).orElseThrow();
  }

  private int status(Client caller, Route route) {
    return answer(caller, route).status();
  }

  private Client.Answer answer(Client caller, Route route) {
    var call = call(route);
    return switch (route.method()) {
      case "GET" -> caller.get(call.path());
      case "DELETE" -> caller.delete(call.path());
      case "PUT" -> caller.put(call.path(), call.body());
      case "PATCH" -> caller.patch(call.path(), call.body());
      default -> caller.post(call.path(), call.body());
    };
  }

  private static String everyScope() {
    return "'runs:read','runs:write','runs:claim','costs:write',"
        + "'validations:write','keys:admin','org:admin'";
  }
}
