package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients of pipelines are told by the web server itself and by all that stands before us. */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls what it is told to call first
final class PipelineRefusalsIT {

  private static final String RUNS = "/api/v1/runs";

  @RegisterExtension final OncePerClass once = new OncePerClass(Installation.onSqlite());

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Server server;

  @BeforeAll
  void startServer() throws IOException {
    server = once.start();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/nothing, 404",
    "GET, /api/v1/runs/x%2Fy, 404",
    "BREW, /api/v1/runs, 501",
    "DELETE, /api/v1/runs, 405",
    "GET, /api/v1/runs?limit=0, 422",
    "GET, /api/v1/runs?status=%ff, 422"
  })
  void areJsonObjectsWithASentence(String method, String path, int status) throws Exception {
    var answer = send(server, method, path, Server.KEY, "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).path("message").asString("")).isNotEmpty();
    assertThat(json(answer).path("detail").isMissingNode()).isFalse();
    assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
  }

  @Test
  void leaveTheConnectionFitForTheNextRequest() throws Exception {
    var large = "{\"contract_id\":\"" + "x".repeat(2_000_000) + "\"}";

    // often, for whether a client that still sends loses its answer is a matter of moments
    for (var i = 0; i < 50; i++) {
      assertThat(send(server, "POST", RUNS, "", "{\"contract_id\":\"c\"}").statusCode())
          .isEqualTo(401);
      assertThat(send(server, "POST", RUNS, Server.KEY, large).statusCode()).isEqualTo(413);
      assertThat(send(server, "GET", RUNS, Server.KEY, "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void sendASlashAtTheEndAway() throws Exception {
    var answer = send(server, "GET", RUNS + "/?limit=1", Server.KEY, "");

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("Location")).contains(RUNS + "?limit=1");
  }

  @Test
  void areNotForContractsWithASlash() throws Exception {
    var policy = "/api/v1/contracts/sales%2Forders%20%C3%A4/policy";

    var put = send(server, "PUT", policy, Server.KEY, "{\"gate\":\"warn\"}");

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(json(put).path("contract_id").asString("")).isEqualTo("sales/orders ä");
    var stats = send(server, "GET", "/api/v1/validations/stats/sales%2Forders", Server.KEY, "");
    assertThat(json(stats).path("contract_id").asString("")).isEqualTo("sales/orders");
  }

  private HttpResponse<String> send(
      Server server, String method, String path, String key, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("X-API-Key", key);
    }
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
