package dev.runs.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
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

  private static final String PASSWORD = "a canary that nobody knows";
  private static final String NEXT = "another canary that nobody knows";
  private static final Pattern REQUEST_ID = Pattern.compile("(?i)x-request-id: (\\S+)");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @RegisterExtension final Installation installation = Installation.onSqlite();

  private final List<String> requests = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void holdsNothingThatWasSent(String format) throws Exception {
    var nobody = "http://localhost:1/canary-of-the-costs-service";
    addAda();
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
    var withoutPrice = failForThePrice(platform);
    sendWhatCannotBeRead(server);
    signIn(server);
    var broken = failForTheDatabase(platform);
    // an answer is out a moment before its line
    Await.until(() -> answered(server).size(), lines -> lines >= requests.size());
    assertThat(server.stop()).isEqualTo(Server.STOPPED);

    var log = List.copyOf(server.log());
    assertThat(log).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains(CANARY));
    for (var request : requests) {
      assertThat(log)
          .as("the line of request %s", request)
          .filteredOn(line -> line.contains("Answered") && line.contains(request))
          .hasSize(1);
    }
    assertThat(log)
        .filteredOn(line -> line.contains("WARN") && line.contains(withoutPrice))
        .singleElement()
        .asString()
        .contains("another service did not answer");
    assertThat(log)
        .filteredOn(line -> line.contains("ERROR") && line.contains(broken))
        .singleElement()
        .asString()
        .contains("A request failed");
    if (format.equals("json")) {
      assertThat(log).allMatch(line -> MAPPER.readTree(line).isObject());
    }
  }

  /** Which of the noted requests have their line. */
  private List<String> answered(Server server) {
    var lines = server.log().stream().filter(line -> line.contains("Answered")).toList();
    return requests.stream()
        .filter(request -> lines.stream().anyMatch(line -> line.contains(request)))
        .toList();
  }

  /** There is somebody then, so a first start shows nothing beside the log. */
  private void addAda() throws IOException, InterruptedException {
    Command.run(
            installation.folder(),
            installation.databaseUrl(),
            PASSWORD + "\n",
            "people",
            "add",
            "canary-ada",
            "--name",
            "Canary Ada",
            "--role",
            "admin",
            "--password")
        .succeeds();
  }

  private void sendSoundRequests(Client platform) {
    var acme =
        note(platform.post("/v1/organizations", "{'externalId':'canary-acme'}").is(201)).id();
    note(
        platform
            .post(
                "/v1/users", "{'externalId':'canary-ada@acme.example','organizationId':'%s'}", acme)
            .is(201));
    var inAcme = platform.with("X-Organization-Id", acme);
    note(
        inAcme.post(
            "/v1/runs",
            "{'serviceName':'canary-service','taskName':'canary-task','input':{'a':'canary'}}"));
    var team = note(inAcme.post("/v1/teams", "{'name':'canary team'}").is(201)).id();
    var key =
        note(
            inAcme
                .post("/v1/teams/" + team + "/keys", "{'name':'canary','scopes':['runs:read']}")
                .is(201));
    var holder = platform.with("X-API-Key", key.textAt("/key"));
    note(holder.get("/v1/runs?serviceName=canary-service").is(200));
    note(holder.post("/v1/runs", "{'serviceName':'canary','taskName':'canary'}").is(403));
    note(
        inAcme
            .post("/v1/people", "{'login':'canary-bob','name':'Canary Bob','role':'viewer'}")
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
    note(
        platform
            .with("User-Agent", "canary")
            .with("Cookie", "runs_session=canary")
            .with("X-Forwarded-For", "canary")
            .with("X-Request-Id", "canary and more than an id may have")
            .get("/v1/teams")
            .is(200));
  }

  /** Gives the id of the request. */
  private String failForThePrice(Client platform) {
    var run =
        note(platform
                .post(
                    "/v1/runs",
                    "{'clerkOrgId':'canary','appId':'a','serviceName':'s','taskName':'t'}")
                .is(201))
            .id();
    var items = "{'items':[{'costName':'canary-cost','quantity':1}]}";
    return note(platform.post("/v1/runs/" + run + "/costs", items).is(502)).textAt("/requestId");
  }

  /** Gives the id of the request. */
  private String failForTheDatabase(Client platform) throws SQLException {
    try (var database = DriverManager.getConnection("jdbc:" + installation.databaseUrl());
        var statement = database.createStatement()) {
      statement.execute("alter table organization rename to organization_that_was");
    }
    return note(platform.post("/v1/organizations", "{'externalId':'canary'}").is(500))
        .textAt("/requestId");
  }

  private void sendWhatCannotBeRead(Server server) throws IOException {
    for (var request :
        List.of(
            "GET /canary%zz HTTP/1.1\r\nHost: h",
            "GET / HTTP/1.1\r\nHost: canary host",
            "GET / HTTP/1.1\r\nHost: canary\r\nHost: canary-2",
            "GET / HTTP/1.1\r\nHost: h\r\nX-Canary: " + "canary".repeat(3_000),
            "GET / HTTP/1.1\r\nHost: h\r\ncanary\u0001: canary",
            "CANARY canary canary\r\nHost: h")) {
      try (var socket = new Socket("localhost", server.address().getPort())) {
        socket
            .getOutputStream()
            .write((request + "\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
        var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        var id = REQUEST_ID.matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        assertThat(answer).contains("\"requestId\":\"" + id.group(1) + "\"");
        requests.add(id.group(1));
      }
    }
  }

  private void signIn(Server server) {
    var browser = new Browser();
    note(submit(browser, server, "canary-nobody", PASSWORD));
    note(submit(browser, server, "canary-ada", "canary, and wrong"));
    var start = submit(browser, server, "canary-ada", PASSWORD);
    assertThat(start.text()).contains("Canary Ada");
    note(start);
    note(
        browser.submit(
            browser.open(server.address().resolve("/account/password")),
            "/account/password",
            Map.of("present", PASSWORD, "next", NEXT, "again", NEXT)));
    note(browser.open(server.address().resolve("/?canary=1")));
    note(browser.open(server.address().resolve("/sign-in/canary")));
  }

  private static Browser.Page submit(
      Browser browser, Server server, String login, String password) {
    var page = browser.open(server.address().resolve("/sign-in?canary"));
    return browser.submit(page, "/sign-in", Map.of("login", login, "password", password));
  }

  private Client.Answer note(Client.Answer answer) {
    requests.add(answer.headers().firstValue("X-Request-Id").orElseThrow());
    return answer;
  }

  private void note(Browser.Page page) {
    requests.add(page.header("x-request-id"));
  }
}
