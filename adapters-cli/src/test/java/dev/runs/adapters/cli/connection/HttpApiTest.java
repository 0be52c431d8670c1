package dev.runs.adapters.cli.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "{}";

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"'',/v1/runs", "/,/v1/runs", "/runs/api,/runs/api/v1/runs", "/x//,/x/v1/runs"})
  void keepsThePathOfTheAddress(String path, String expected) {
    api(path).get("/v1/runs", Map.of());

    assertThat(asked).containsExactly(expected);
  }

  @Test
  void writesWhatIsAskedForAsItMustStandInAnAddress() {
    api("").get("/v1/runs", Map.of("kind", "sync.aux/a b&c+d:é", "state", ""));

    assertThat(asked).containsExactly("/v1/runs?kind=sync.aux%2Fa%20b%26c%2Bd%3A%C3%A9");
  }

  @Test
  void showsItsKeyAndItsOrganization() {
    new HttpApi(address(""), Optional.of("k"), Optional.of("o")).get("/v1/runs", Map.of());

    assertThat(shown).containsExactly("k o");
  }

  @Test
  void tellsWhyItIsRefusedInTheWordsOfTheServer() {
    status = 409;
    answer = "{\"code\":\"lease.stale\",\"detail\":\"The lease is not this one.\"}";

    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> api("").post("/v1/runs", null))
        .withMessage("The lease is not this one.")
        .returns("lease.stale", CommandFailed::code)
        .returns(ExitCode.REFUSED, CommandFailed::exitCode);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void holdsAServerThatIsBusyOrBrokenForOneToAskLater(int later) {
    status = later;

    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> api("").get("/v1/runs", Map.of()))
        .matches(CommandFailed::isUnreachable);
  }

  @Test
  void doesNotTakeAnyPageForAnAnswer() {
    answer = "<html>hello</html>";

    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> api("").get("/v1/runs", Map.of()))
        .withMessageEndingWith("answers 200, and not as Runs Service does.")
        .returns(ExitCode.REFUSED, CommandFailed::exitCode);
  }

  @Test
  void tellsThatNobodyAnswers() {
    server.stop(0);

    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> api("").get("/v1/runs", Map.of()))
        .withMessageEndingWith("does not answer.")
        .returns(ExitCode.UNREACHABLE, CommandFailed::exitCode);
  }

  @Test
  void neverShowsAKeyThatCannotBeSent() {
    var api = new HttpApi(address(""), Optional.of("a\nkey"), Optional.empty());

    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> api.get("/v1/runs", Map.of()))
        .withMessage("The key or the organization has characters that none has.");
  }

  private HttpApi api(String path) {
    return new HttpApi(address(path), Optional.empty(), Optional.empty());
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    shown.add(
        exchange.getRequestHeaders().getFirst("X-API-Key")
            + " "
            + exchange.getRequestHeaders().getFirst("X-Organization-Id"));
    var body = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
