package dev.runs.bootstrap.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The five minutes of the README, its commands taken from it and typed into a shell. */
@Timeout(180)
class ReadmeIT {

  private static final Path ROOT = Path.of(System.getProperty("runs.root"));
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");
  private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:(\\d+)");
  private static final String KEY = "a-key-for-the-tour";

  @TempDir Path directory;

  @Test
  void runsAsItIsWrittenOnSqlite() throws Exception {
    assertTourSucceeds(Map.of());
  }

  @Test
  void runsAsItIsWrittenOnPostgres() throws Exception {
    try (var postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      assertTourSucceeds(
          Map.of(
              "RUNS_SERVICE_DATABASE_URL",
              "postgres://postgres@localhost:%d/postgres?sslmode=disable"
                  .formatted(postgres.getPort())));
    }
  }

  private void assertTourSucceeds(Map<String, String> environment) throws Exception {
    var server = serving(environment);
    try (var log = server.inputReader()) {
      var tour = tour(portIn(log));
      var output = new String(tour.getInputStream().readAllBytes(), UTF_8);

      assertThat(tour.waitFor()).describedAs(output).isZero();
      assertThat(output)
          .contains("\"totalCostInUsdCents\":\"3.0000000000\"")
          .contains("\"childrenCostInUsdCents\":\"3.0000000000\"")
          .contains("\"status\":\"completed\"")
          .contains(
              "{\"breakdown\":[{\"key\":\"gpt-4o-input-tokens\",\"totalCostInUsdCents\":"
                  + "\"2.5000000000\",\"totalQuantity\":\"10000.000000\"}],\"truncated\":false}");
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private Process serving(Map<String, String> environment) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var server =
        new ProcessBuilder(java, "-jar", System.getProperty("runs.jar"), "serve", "--port", "0")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    server.environment().put("RUNS_SERVICE_API_KEY", KEY);
    server.environment().putAll(environment);
    return server.start();
  }

  private Process tour(int port) throws IOException {
    var commands =
        BLOCK
            .matcher(Files.readString(ROOT.resolve("README.md")))
            .results()
            .map((MatchResult block) -> block.group(1))
            .collect(joining("\n", "set -euo pipefail\n", ""));
    var script = Files.writeString(directory.resolve("tour.sh"), commands);
    var shell =
        new ProcessBuilder("bash", script.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true);
    shell.environment().put("RUNS_URL", "http://localhost:" + port);
    shell.environment().put("RUNS_KEY", KEY);
    return shell.start();
  }

  private static int portIn(BufferedReader log) throws IOException {
    var seen = new StringBuilder();
    for (var line = log.readLine(); line != null; line = log.readLine()) {
      seen.append(line).append('\n');
      var listening = LISTENING.matcher(line);
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
    }
    throw new AssertionError("the server does not listen:\n" + seen);
  }
}
