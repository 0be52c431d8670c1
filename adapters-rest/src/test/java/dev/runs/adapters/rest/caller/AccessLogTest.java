package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.runs.adapters.rest.RestTest;
import jakarta.servlet.ServletException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AccessLogTest extends RestTest {

  private final Logger log = (Logger) LoggerFactory.getLogger("dev.runs.access");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.list.clear();
    lines.start();
    log.setLevel(Level.INFO);
    log.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(lines);
    log.setLevel(null);
  }

  @Test
  void callsARequestWhatItsClientCallsIt() {
    var answer = client.with("X-Request-Id", "deploy-7_a.b").get("/v1/run-states").is(200);

    assertThat(answer.header("X-Request-Id")).isEqualTo("deploy-7_a.b");
    assertThat(onlyLine().getMDCPropertyMap()).containsEntry("requestId", "deploy-7_a.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "ü", "{}", "a/b"})
  void callsARequestByARandomNameWhenItsOwnCouldForgeALine(String id) {
    var answer = client.with("X-Request-Id", id).get("/v1/run-states").is(200);

    assertThat(answer.header("X-Request-Id")).matches("[0-9a-f-]{36}");
  }

  @Test
  void takesAnIdOf64CharactersAndNoneOf65() {
    var longest = "i".repeat(64);

    assertThat(client.with("X-Request-Id", longest).get("/health").header("X-Request-Id"))
        .isEqualTo(longest);
    assertThat(client.with("X-Request-Id", longest + "i").get("/health").header("X-Request-Id"))
        .matches("[0-9a-f-]{36}");
  }

  @Test
  void namesTheRequestInEachProblem() {
    var refused = client.with("X-Request-Id", "r-1").get("/v1/runs/" + NOBODY).is(404);
    var stranger = client.without("X-API-Key").with("X-Request-Id", "r-2").get("/v1/runs").is(401);

    assertThat(refused.textAt("/requestId")).isEqualTo("r-1");
    assertThat(stranger.textAt("/requestId")).isEqualTo("r-2");
  }

  @Test
  void tellsRouteStatusAndWhoAskedAndNothingThatWasSent() {
    var acme = world.organization();
    var run = world.run(acme);
    lines.list.clear();

    client.within(acme).get("/v1/runs/" + run + "/tree?limit=3&cursor=canary").is(400);

    var line = onlyLine();
    assertThat(pairs(line))
        .contains("route=GET /v1/runs/{id}/tree")
        .contains("status=400")
        .contains("actor=key:configured")
        .doesNotContain("canary");
    assertThat(line.getMDCPropertyMap())
        .containsEntry("runId", run)
        .containsEntry("organizationId", acme);
  }

  @Test
  void doesNotRepeatAPathThatLeadsNowhere() {
    client.get("/v1/runs/" + NOBODY + "/canary-secret").is(404);

    assertThat(pairs(onlyLine())).contains("route=GET /**").doesNotContain("canary");
  }

  @Test
  void leavesNothingBehindForTheNextRequest() {
    client.get("/v1/runs/" + NOBODY).is(404);

    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void answersWhatNobodyCaughtAndTellsItsId() throws Exception {
    var request = new MockHttpServletRequest("GET", "/v1/runs");
    request.addHeader("X-Request-Id", "r-3");
    var response = new MockHttpServletResponse();

    new AccessLogFilter((_, _, _, _) -> {})
        .doFilter(
            request,
            response,
            (_, _) -> {
              throw new ServletException(new IllegalStateException("secret"));
            });

    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(response.getHeader("X-Request-Id")).isEqualTo("r-3");
    assertThat(response.getContentAsString())
        .contains("\"requestId\":\"r-3\"")
        .doesNotContain("secret");
    assertThat(pairs(onlyLine())).contains("status=500");
  }

  @Test
  void breaksOffAnAnswerThatHasBegun() {
    var response = new MockHttpServletResponse();
    response.setCommitted(true);

    assertThatThrownBy(() ->
            new AccessLogFilter((_, _, _, _) -> {})
                .doFilter(
                    new MockHttpServletRequest("GET", "/v1/audit"),
                    response,
                    (_, _) -> {
                      throw new IllegalStateException("in the middle");
                    }))
        .hasMessage("in the middle");
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  private ILoggingEvent onlyLine() {
    assertThat(lines.list).hasSize(1);
    return lines.list.getFirst();
  }

  private static String pairs(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .map(pair -> pair.key + "=" + pair.value)
        .collect(Collectors.joining(" "));
  }
}
