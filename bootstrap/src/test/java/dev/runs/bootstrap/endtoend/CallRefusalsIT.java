package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What calls are told that do not get past the filters. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls what it is told to call first
final class CallRefusalsIT {

  private static final String CALL = "/flyteidl2.workflow.RunService/ListRuns";
  private static final String NO_CALL = "/flyteidl2.workflow.RunService/Nothing";

  @RegisterExtension final OncePerClass once = new OncePerClass(Installation.onSqlite());

  private final HttpClient http = HttpClient.newHttpClient();

  private Server server;

  @BeforeAll
  void startServer() throws IOException {
    server = once.start();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,401",
    "application/proto,401",
    "application/connect+json,200",
    "application/grpc-web+proto,200",
    "text/plain,401",
  })
  void whoShowsNoKeyOrAWrongOneIsUnauthenticated(String type, int status) throws Exception {
    for (var key : new String[] {"", "runs_live_no_such_key"}) {
      var answer = call(server, CALL, type, key);

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).containsAnyOf("unauthenticated", "grpc-status: 16\r\n");
      assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }
  }

  @Test
  void plainGrpcIsToldInHeaders() throws Exception {
    http.send(HttpRequest.newBuilder(server.address()).build(), BodyHandlers.discarding());

    var answer = call(server, CALL, "application/grpc", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.headers().firstValue("grpc-status")).contains("16");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void whoAsksTooOftenHasExhaustedAResource() throws Exception {
    var strict = once.start(Map.of("RUNS_RATE_LIMIT_PER_PLATFORM_KEY", "1/h"));
    call(strict, NO_CALL, "application/json", Server.KEY);

    var unary = call(strict, NO_CALL, "application/json", Server.KEY);
    var stream = call(strict, NO_CALL, "application/connect+json", Server.KEY);

    assertThat(unary.statusCode()).isEqualTo(429);
    assertThat(unary.body()).startsWith("{\"code\":\"resource_exhausted\"");
    assertThat(unary.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    assertThat(stream.body()).contains("resource_exhausted").contains("\"retry-after\":[");
  }

  @Test
  void aCallThatDoesNotExistIsUnimplemented() throws Exception {
    assertThat(call(server, NO_CALL, "application/json", Server.KEY).statusCode()).isIn(404, 501);
  }

  @Test
  void withoutAKeyOneOrganizationIsOpenWhenThatIsConfigured() throws Exception {
    var open = once.start(Map.of("RUNS_RPC_ANONYMOUS", "everybody"));

    assertThat(call(open, NO_CALL, "application/json", "").statusCode()).isIn(404, 501);
    assertThat(call(open, NO_CALL, "application/json", "wrong").statusCode()).isEqualTo(401);
    assertThat(call(open, "/v1/runs", "application/json", "").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> call(Server server, String path, String type, String key)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString("{}"));
    if (!key.isEmpty()) {
      request.header("X-API-Key", key);
    }
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
