package dev.runs.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as people start it, with each example of the repository, and when it cannot. */
@Timeout(120)
class StartIT {

  private static final Path ROOT = Path.of(System.getProperty("runs.root"));
  private static final String HEALTHY = "{\"status\":\"ok\",\"service\":\"runs-service\"}";

  @TempDir Path directory;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stopAll() throws InterruptedException {
    for (var process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void servesWithNothingConfiguredUntilItIsToldToStop() throws Exception {
    var server = started(Map.of());

    assertThat(get(server, "/health", "").body()).isEqualTo(HEALTHY);
    assertThat(directory.resolve("runs.db")).exists();
    assertThat(server.listening()).doesNotContain(".java:");
    assertServesTheReferenceWithAllThatItIsMadeOf(server);

    server.process().destroy();

    // 128 and the number of the signal
    assertThat(server.process().waitFor()).isEqualTo(143);
  }

  private static void assertServesTheReferenceWithAllThatItIsMadeOf(Server server)
      throws Exception {
    var page = get(server, "/docs", "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page.body()).results())
        .hasSizeGreaterThan(3)
        .allSatisfy(file ->
            assertThat(get(server, file.group(1), "").statusCode())
                .as(file.group(1))
                .isEqualTo(200));
  }

  @Test
  void servesFromSqliteWithItsExample() throws Exception {
    var server = started(Map.of(), "--config", ROOT.resolve("config.yaml").toString());

    assertIsWell(server);
    assertThat(directory.resolve("runs.db")).exists();
    assertThat(server.listening()).matches(".* \\(\\w+\\.java:\\d+\\)");
  }

  @Test
  void overlooksTheVariablesAndFilesThatSpringWouldLookFor() throws Exception {
    Files.writeString(directory.resolve("application.properties"), "server.port=1");

    assertThat(started(Map.of("SERVER_PORT", "1")).port()).isGreaterThan(1);
  }

  @Nested
  class OnPostgres {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
      postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database flyte_runs");
        statement.execute("create database runs");
      }
    }

    @AfterAll
    static void stop() throws IOException {
      postgres.close();
    }

    @Test
    void servesWithItsExample() throws Exception {
      var port = Map.of("RUNS_DATABASE_POSTGRES_PORT", Integer.toString(postgres.getPort()));
      var server = started(port, "--config", ROOT.resolve("config-postgres.yaml").toString());

      assertIsWell(server);
      assertThat(server.listening()).contains("PostgreSQL database flyte_runs");
    }

    @Test
    void servesWithTheExampleOfTheEnvironment() throws Exception {
      var variables = new HashMap<String, String>();
      for (var line : Files.readAllLines(ROOT.resolve(".env.example"))) {
        if (line.matches("[A-Z_]+=.*")) {
          var variable = line.split("=", 2);
          variables.put(
              variable[0],
              variable[1].replace("localhost:5432", "localhost:" + postgres.getPort()));
        }
      }
      var server = started(variables);

      assertThat(server.listening()).contains("PostgreSQL database runs");
      assertThat(get(server, "/v1/costs", "change-me").statusCode()).isEqualTo(200);
      assertThat(get(server, "/v1/costs", "another").statusCode()).isEqualTo(401);
    }
  }

  @Nested
  class ThatFails {

    @Test
    void isOneLineForABusyPort() throws Exception {
      try (var busy = new ServerSocket(0)) {
        var port = Integer.toString(busy.getLocalPort());

        assertThat(failed(Map.of("RUNS_API_KEY", "key"), "--port", port))
            .containsExactly(
                "runs: Port %s is in use by another program. Stop it, or change --port, PORT or runs.server.port."
                    .formatted(port));
      }
    }

    @Test
    void isOneLineForAFolderThatMayNotBeWritten() throws Exception {
      // the kernel refuses new files here, even to root
      assertThat(failed(Map.of(), "--db", "/proc/runs.db"))
          .singleElement()
          .asString()
          .contains("the folder /proc may not be written");
    }

    @Test
    void isOneLineForAServerThatIsNotThere() throws Exception {
      int free;
      try (var socket = new ServerSocket(0)) {
        free = socket.getLocalPort();
      }
      var url = "postgres://ada:hunter2@localhost:%d/runs".formatted(free);

      assertThat(failed(Map.of("DATABASE_URL", url)))
          .singleElement()
          .asString()
          .startsWith("runs: PostgreSQL cannot be reached on localhost:" + free)
          .doesNotContain("hunter2");
    }

    /** What is written to either stream by a start that must fail. */
    private List<String> failed(Map<String, String> environment, String... options)
        throws IOException, InterruptedException {
      var process = serve(environment, options);
      try (var lines = process.inputReader()) {
        var written = lines.readAllLines();
        assertThat(process.waitFor()).isEqualTo(1);
        return written;
      }
    }
  }

  /**
   * A server that listens.
   *
   * @param listening the line that says so
   */
  private record Server(Process process, int port, String listening) {}

  private Server started(Map<String, String> environment, String... options) throws IOException {
    var process =
        serve(
            environment,
            Stream.concat(Stream.of("--port", "0"), Stream.of(options)).toArray(String[]::new));
    var port = Pattern.compile("Listening on 0\\.0\\.0\\.0:(\\d+)");
    var written = new ArrayList<String>();
    var lines = process.inputReader();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      written.add(line);
      var listening = port.matcher(line);
      if (listening.find()) {
        keepReading(lines);
        return new Server(process, Integer.parseInt(listening.group(1)), line);
      }
    }
    throw new AssertionError("the server ended: " + written);
  }

  /** Or the server would wait once the pipe is full. */
  private static void keepReading(BufferedReader lines) {
    Thread.startVirtualThread(() -> lines.lines().forEach(_ -> {}));
  }

  private Process serve(Map<String, String> environment, String... options) throws IOException {
    var command = new ArrayList<>(List.of(ROOT.resolve("bin/runs").toString(), "serve"));
    command.addAll(List.of(options));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    var process = builder.start();
    processes.add(process);
    return process;
  }

  /** Whoever watches over it asks without a key. */
  private static void assertIsWell(Server server) throws IOException, InterruptedException {
    assertThat(get(server, "/health", "").body()).isEqualTo(HEALTHY);
    for (var path : List.of("/healthz", "/readyz")) {
      assertThat(get(server, path, "").statusCode()).as(path).isEqualTo(200);
    }
  }

  private static HttpResponse<String> get(Server server, String path, String key)
      throws IOException, InterruptedException {
    var address = URI.create("http://localhost:%d%s".formatted(server.port(), path));
    var request = HttpRequest.newBuilder(address);
    if (!key.isEmpty()) {
      request.header("X-API-Key", key);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
