package dev.runs.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.task.TaskIdentifier;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunResponse;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.application.AtOnce;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Small limits, through real HTTP. */
@Timeout(120)
final class RateLimitsIT {

  private static final int CALLERS = 8;
  private static final int CALLS = 10;

  /** What comes back while the test runs is less than one. */
  private static final String FEW = "20/h";

  private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

  @RegisterExtension final Installation installation = Installation.onSqlite();

  @Test
  void aBurstWithOneKeyPassesUpToTheLimitAndNoFarther() throws Exception {
    var server = installation.start(Map.of("RUNS_RATE_LIMIT_PER_KEY", FEW));
    var holder = holder(server);

    var answers = atOnce(() -> holder.get("/v1/run-states"));

    assertThat(with(200, answers)).hasSize(20);
    assertThat(with(429, answers)).hasSize(CALLERS * CALLS - 20);
    assertThat(with(200, answers).stream().map(answer -> number(answer, "RateLimit-Remaining")))
        .containsExactlyInAnyOrderElementsOf(numbersBelow(20));
    for (var refused : with(429, answers)) {
      assertThat(refused.textAt("/code")).isEqualTo("rate.limited");
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(number(refused, "RateLimit-Limit")).isEqualTo(20);
      assertThat(number(refused, "RateLimit-Remaining")).isZero();
      assertThat(number(refused, "Retry-After")).isBetween(1L, 180L);
      assertThat(number(refused, "RateLimit-Reset")).isBetween(3_000L, 3_600L);
    }
    server.client().get("/v1/run-states").is(200);
    server.client().get("/health").is(200);
  }

  @Test
  void anAddressThatGuessesPasswordsIsNotListenedToAnyMore() throws Exception {
    var server = installation.start(Map.of("RUNS_RATE_LIMIT_REFUSED_KEYS_PER_ADDRESS", "3/h"));
    var password =
        server
            .client()
            .post("/v1/people", "{'login':'ada','role':'viewer'}")
            .is(201)
            .textAt("/oneTimePassword");
    var browser = new Browser();
    for (var guess = 0; guess < 3; guess++) {
      signIn(browser, server, "nobody-" + guess, "a wrong password");
    }

    var refused = signIn(browser, server, "ada", password);

    assertThat(refused.path()).isEqualTo("/sign-in?failed");
    assertThat(server.client().get("/v1/audit?action=access.sign_in_failed").at("/entries").size())
        .isEqualTo(3);
  }

  private static Browser.Page signIn(
      Browser browser, Server server, String login, String password) {
    var page = browser.open(server.address().resolve("/sign-in"));
    return browser.submit(page, "/sign-in", Map.of("login", login, "password", password));
  }

  @Test
  void whoWaitsAsLongAsIsSaidIsLetInAgain() throws Exception {
    var server = installation.start(Map.of("RUNS_RATE_LIMIT_PER_KEY", "2/s"));
    var holder = holder(server);

    var answers = atOnce(() -> holder.get("/v1/run-states"));

    assertThat(with(429, answers)).isNotEmpty();
    assertThat(number(with(429, answers).getFirst(), "Retry-After")).isEqualTo(1);
    Await.until(() -> holder.get("/v1/run-states").status(), status -> status == 200);
  }

  @Test
  void whoIsRefusedIsToldThatTheConnectionEndsUnlessTheWholeBodyCame() throws Exception {
    var server = installation.start(Map.of());
    var head = "POST /v1/runs HTTP/1.1\r\nHost: h\r\nContent-Length: ";
    try (var socket = new Socket("localhost", server.address().getPort())) {
      socket.getOutputStream().write((head + "2\r\n\r\n{}").getBytes(ISO_8859_1));
      assertThat(firstHeaders(socket)).startsWith("HTTP/1.1 401").doesNotContain("Connection");

      var known = head + "2\r\nContent-Type: application/json\r\nX-API-Key: " + Server.KEY;
      socket.getOutputStream().write((known + "\r\n\r\n{}").getBytes(ISO_8859_1));
      assertThat(firstHeaders(socket)).startsWith("HTTP/1.1 400").doesNotContain("Connection");

      socket.getOutputStream().write((head + "100000\r\n\r\n{").getBytes(ISO_8859_1));
      assertThat(firstHeaders(socket)).startsWith("HTTP/1.1 401").contains("Connection: close");
    }
  }

  /** Reads an answer to its end, and gives what stands above its body. */
  private static String firstHeaders(Socket socket) throws IOException {
    var headers = new StringBuilder();
    while (headers.indexOf("\r\n\r\n") < 0) {
      headers.append((char) socket.getInputStream().read());
    }
    var length = LENGTH.matcher(headers);
    assertThat(length.find()).as(headers.toString()).isTrue();
    socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
    return headers.toString();
  }

  @Test
  void eachRunOfABatchCounts() throws Exception {
    var server = installation.start(Map.of("RUNS_RATE_LIMIT_NEW_RUNS_PER_KEY", FEW));
    var holder = holder(server);
    var run = "{'serviceName':'s','taskName':'t'}";
    var three = "{'items':[%s,%s,%s]}".formatted(run, run, run);

    var answers = atOnce(() -> holder.post("/v1/runs:batch", three));

    assertThat(with(201, answers)).hasSizeBetween(1, 6);
    assertThat(with(429, answers)).hasSize(CALLERS * CALLS - with(201, answers).size());
    assertThat(holder.get("/v1/runs").is(200).at("/runs")).hasSize(3 * with(201, answers).size());
    holder.post("/v1/runs", run).is(429);
  }

  @Test
  void runsThatCallsMakeAndAbortCountTogetherWithOthers() throws Exception {
    var server =
        installation.start(
            Map.of(
                "RUNS_RATE_LIMIT_NEW_RUNS_PER_KEY",
                "2/h",
                "RUNS_RATE_LIMIT_CANCELLATIONS_PER_KEY",
                "2/h"));
    var key = key(server);
    var holder = server.client().with("X-API-Key", key);
    var calls = RpcClient.of(server).with(key);
    var id = holder.post("/v1/runs", "{'serviceName':'s','taskName':'t'}").is(201).id();
    var run = create(calls);

    assertThatExceptionOfType(RpcClient.Failed.class)
        .isThrownBy(() -> create(calls))
        .matches(failed -> failed.code().equals("resource_exhausted"));
    assertThat(
            holder.post("/v1/runs", "{'serviceName':'s','taskName':'t'}").is(429).textAt("/limit"))
        .isEqualTo("newRuns");
    assertThat(holder.get("/v1/runs").is(200).at("/runs")).hasSize(2);

    abort(calls, run);
    holder.post("/v1/runs/" + id + ":cancel", "").is(200);
    assertThatExceptionOfType(RpcClient.Failed.class)
        .isThrownBy(() -> abort(calls, run))
        .matches(failed -> failed.code().equals("resource_exhausted"));
    create(RpcClient.of(server));
  }

  private static RunIdentifier create(RpcClient calls) {
    var project = ProjectIdentifier.newBuilder().setName("p").setDomain("development");
    var task =
        TaskIdentifier.newBuilder()
            .setProject("p")
            .setDomain("development")
            .setName("etl")
            .setVersion("v1");
    return calls
        .call(
            "CreateRun",
            CreateRunRequest.newBuilder().setProjectId(project).setTaskId(task).build(),
            CreateRunResponse.getDefaultInstance())
        .getRun()
        .getAction()
        .getId()
        .getRun();
  }

  private static void abort(RpcClient calls, RunIdentifier run) {
    calls.call(
        "AbortRun",
        AbortRunRequest.newBuilder().setRunId(run).build(),
        AbortRunResponse.getDefaultInstance());
  }

  @Test
  void junkIsRefusedBeforeItIsLookedAtAndHoldsUpNobodyWhoIsKnown() throws Exception {
    var server = installation.start(Map.of("RUNS_RATE_LIMIT_REFUSED_KEYS_PER_ADDRESS", FEW));
    var known = holder(server);
    known.get("/v1/run-states").is(200);
    var fresh = holder(server);
    var junk = server.client().with("X-API-Key", "junk");
    for (var i = 0; i < 20; i++) {
      junk.get("/v1/run-states").is(401);
    }

    var answers = atOnce(() -> junk.get("/v1/run-states"));

    assertThat(with(429, answers)).hasSize(CALLERS * CALLS);
    assertThat(answers.getFirst().textAt("/limit")).isEqualTo("refusedKeys");
    known.get("/v1/run-states").is(200);
    server.client().get("/v1/run-states").is(200);
    assertThat(fresh.get("/v1/run-states").is(429).textAt("/limit")).isEqualTo("refusedKeys");
  }

  @Test
  void aTrustedProxySaysWhoItIsThatAsks() throws Exception {
    var server =
        installation.start(
            Map.of(
                "RUNS_RATE_LIMIT_PER_ADDRESS",
                FEW,
                "RUNS_SERVER_TRUSTED_PROXIES",
                "127.0.0.0/8,::1"));
    var one = server.client().with("X-Forwarded-For", "203.0.113.7");

    var answers = atOnce(() -> one.get("/v1/run-states"));

    assertThat(with(200, answers)).hasSize(20);
    assertThat(with(429, answers)).hasSize(CALLERS * CALLS - 20);
    var other = server.client().with("X-Forwarded-For", "203.0.113.7, 2001:db8::1");
    other.put("/v1/costs/x", "{'costPerUnitInUsdCents':1}").is(200);
    assertThat(other.get("/v1/audit?limit=1").is(200).textAt("/entries/0/address"))
        .isEqualTo("2001:db8::1");
  }

  private static List<Client.Answer> atOnce(Supplier<Client.Answer> call) throws Exception {
    return AtOnce.with(
            CALLERS,
            _ -> {
              var own = new ArrayList<Client.Answer>();
              for (var i = 0; i < CALLS; i++) {
                own.add(call.get());
              }
              return own;
            })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<Client.Answer> with(int status, List<Client.Answer> answers) {
    return answers.stream().filter(answer -> answer.status() == status).toList();
  }

  private static long number(Client.Answer answer, String header) {
    return answer.headers().firstValueAsLong(header).orElseThrow();
  }

  private static List<Long> numbersBelow(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  /** Somebody with a new key of a new organization. */
  private static Client holder(Server server) {
    return server.client().with("X-API-Key", key(server));
  }

  private static String key(Server server) {
    var platform = server.client();
    var name = UUID.randomUUID().toString();
    var organization = platform.post("/v1/organizations", "{'externalId':'%s'}", name).is(201).id();
    var team =
        platform
            .with("X-Organization-Id", organization)
            .post("/v1/teams", "{'name':'team'}")
            .is(201)
            .id();
    return platform
        .post("/v1/teams/" + team + "/keys", "{'name':'k','scopes':['runs:read','runs:write']}")
        .is(201)
        .textAt("/key");
  }
}
