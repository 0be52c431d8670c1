package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What nobody may find in a log is sent through every kind of request, and looked for there. */
@Timeout(120)
class LogCanaryIT {

  /** Part of everything that is secret or personal here. */
  private static final String CANARY = "canary";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @RegisterExtension final Installation installation = Installation.onSqlite();

  private final List<String> requests = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void holdsNothingThatWasSent(String format) throws IOException, InterruptedException {
    var nobody = "http://localhost:1/canary-of-the-costs-service";
    var server =
        installation.start(
            Map.of(
                "RUNS_LOGGER_FORMAT",
                format,
                "RUNS_SERVICE_API_KEY",
                "canary-platform-key",
                "COSTS_SERVICE_URL",
                nobody,
                "COSTS_SERVICE_API_KEY",
                "canary-costs-key"));
    var anybody = new Client(server.address(), Map.of());
    var platform = anybody.with("X-API-Key", "canary-platform-key");

    sendSoundRequests(platform);
    sendBadRequests(platform, anybody);
    signIn(server);
    assertThat(server.stop()).isEqualTo(Server.STOPPED);

    var log = List.copyOf(server.log());
    assertThat(log).noneMatch(line -> line.contains(CANARY));
    for (var request : requests) {
      assertThat(log)
          .as("the line of request %s", request)
          .anyMatch(line -> line.contains("Answered") && line.contains(request));
    }
    if (format.equals("json")) {
      log.stream()
          .filter(line -> line.contains("Answered"))
          .forEach(line -> assertThat(MAPPER.readTree(line).isObject()).isTrue());
    }
  }

  private void sendSoundRequests(Client platform) {
    var acme = platform.post("/v1/organizations", "{'externalId':'canary-acme'}").is(201).id();
    platform
        .post("/v1/users", "{'externalId':'canary-ada@acme.example','organizationId':'%s'}", acme)
        .is(201);
    var inAcme = platform.with("X-Organization-Id", acme);
    note(
        inAcme.post(
            "/v1/runs",
            "{'serviceName':'canary-service','taskName':'canary-task','input':{'a':'canary'}}"));
    var team = inAcme.post("/v1/teams", "{'name':'canary team'}").is(201).id();
    var key =
        inAcme.post("/v1/teams/" + team + "/keys", "{'name':'canary','scopes':['runs:read']}");
    var holder = platform.with("X-API-Key", key.is(201).textAt("/key"));
    note(holder.get("/v1/runs?serviceName=canary-service").is(200));
    note(holder.post("/v1/runs", "{'serviceName':'canary','taskName':'canary'}").is(403));
    note(
        inAcme
            .post("/v1/people", "{'login':'canary-ada','name':'Canary Ada','role':'viewer'}")
            .is(201));
    note(
        inAcme
            .post("/v1/projects", "{'slug':'canary','description':'canary description'}")
            .is(201));
  }

  private void sendBadRequests(Client platform, Client anybody) {
    note(platform.post("/v1/runs", "{'serviceName':'canary").is(400));
    note(platform.post("/v1/runs", "{'apiKey':'canary','apiKey':'canary'}").is(400));
    note(platform.get("/v1/runs?organizationId=canary&cursor=canary").is(400));
    note(platform.get("/v1/runs/canary").is(400));
    note(platform.get("/canary/nowhere").is(404));
    note(platform.with("Idempotency-Key", "canary").post("/v1/users", "{}").is(400));
    note(platform.with("X-Organization-Id", "canary").get("/v1/runs").is(400));
    note(anybody.with("Authorization", "Bearer canary").get("/v1/runs").is(401));
    note(
        anybody
            .with("X-API-Key", "runs_live_canaryCanaryCanary0000_000000")
            .get("/v1/runs")
            .is(401));
    var run =
        platform
            .post(
                "/v1/runs", "{'clerkOrgId':'canary','appId':'a','serviceName':'s','taskName':'t'}")
            .is(201)
            .id();
    note(
        platform
            .post(
                "/v1/runs/" + run + "/costs", "{'items':[{'costName':'canary-cost','quantity':1}]}")
            .is(502));
  }

  private static void signIn(Server server) {
    var browser = new Browser();
    var page = browser.open(server.address().resolve("/sign-in"));
    browser.submit(
        page, "/sign-in", Map.of("login", "canary-ada", "password", "canary-password-1"));
    browser.open(server.address().resolve("/sign-in?canary=1"));
  }

  private void note(Client.Answer answer) {
    requests.add(answer.headers().firstValue("X-Request-Id").orElseThrow());
  }
}
