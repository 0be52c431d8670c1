package dev.runs.bootstrap.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the README and the pages of docs/ tell readers to type, taken from them and typed: blocks
 * marked {@code bash} into a shell, page by page, blocks marked {@code sql} into the database. A
 * block marked {@code console} is not run: it needs another program, or changes the machine; those
 * marked {@code python} are tried by the tests of the client.
 */
@Timeout(300)
class DocumentationIT {

  private static final Path ROOT = Path.of(System.getProperty("runs.root"));
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\\n]*)\\n(.*?)^```$");
  private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:(\\d+)");
  private static final String KEY = "a-key-for-the-tour";

  @TempDir Path directory;

  @Test
  void runsAsItIsWrittenOnSqlite() throws Exception {
    assertRuns(Map.of(), "jdbc:sqlite:" + directory.resolve("runs.db"));
  }

  @Test
  void runsAsItIsWrittenOnPostgres() throws Exception {
    try (var postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      var database = "localhost:%d/postgres".formatted(postgres.getPort());
      assertRuns(
          Map.of(
              "RUNS_SERVICE_DATABASE_URL", "postgres://postgres@" + database + "?sslmode=disable"),
          "jdbc:postgresql://" + database + "?user=postgres");
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void saysOfEachBlockWhatItIs(Path page) throws IOException {
    assertThat(BLOCK.matcher(Files.readString(page)).results().map(block -> block.group(1)))
        .allMatch(
            List.of(
                    "bash",
                    "console",
                    "json",
                    "mermaid",
                    "properties",
                    "python",
                    "sql",
                    "text",
                    "yaml")
                ::contains,
            "has a language that this test knows");
  }

  private void assertRuns(Map<String, String> environment, String jdbcUrl) throws Exception {
    var server = serving(environment);
    try (var log = server.inputReader()) {
      var port = portIn(log);
      var printed = new HashMap<Path, String>();
      for (var page : pages().toList()) {
        printed.put(ROOT.relativize(page), typed(page, port));
        asked(page, jdbcUrl);
      }

      assertThat(printed.get(Path.of("README.md")))
          .contains("\"totalCostInUsdCents\":\"3.0000000000\"")
          .contains("\"childrenCostInUsdCents\":\"3.0000000000\"")
          .contains("\"status\":\"completed\"")
          .contains(
              "{\"breakdown\":[{\"key\":\"gpt-4o-input-tokens\",\"totalCostInUsdCents\":"
                  + "\"2.5000000000\",\"totalQuantity\":\"10000.000000\"}],\"truncated\":false}");
      assertThat(printed.get(Path.of("docs/api.md")))
          .contains("Idempotency-Replayed: true")
          .contains("{\"index\":0,\"status\":201,")
          .contains("{\"index\":1,\"status\":422,")
          .contains("\"limit\":1,\"nextCursor\":\"")
          .contains("\"code\":\"run.not_found\"");
      assertThat(printed.get(Path.of("docs/pipelines.md")))
          .contains("\"metadata\":{\"execution_date\":\"2026-03-01\",\"rows_processed\":50000}")
          .contains("\"pass_rate\":0.5")
          .contains("\"failure\":\"Validation ")
          .contains("\"total\":1,\"total_capped\":false,\"limit\":50,\"offset\":0");
      assertThat(printed.get(Path.of("docs/operations.md")))
          .contains("{\"status\":\"ready\"}")
          .contains("\"clean\":true");
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

  /** Types the shell's blocks of a page one after the other, and tells what the shell printed. */
  private String typed(Path page, int port) throws IOException, InterruptedException {
    var commands = blocks(page, "bash").collect(joining("\n", "set -euo pipefail\n", ""));
    var script = Files.writeString(directory.resolve("typed.sh"), commands);
    var builder =
        new ProcessBuilder("bash", script.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().merge("PATH", ROOT + "/bin", (path, bin) -> bin + ":" + path);
    builder.environment().put("RUNS_URL", "http://localhost:" + port);
    builder.environment().put("RUNS_KEY", KEY);
    var shell = builder.start();
    var output = new String(shell.getInputStream().readAllBytes(), UTF_8);

    assertThat(shell.waitFor()).describedAs("%s:%n%s", page, output).isZero();
    return output;
  }

  private static void asked(Path page, String jdbcUrl) throws IOException, SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl);
        var statement = connection.createStatement()) {
      for (var query : blocks(page, "sql").flatMap(block -> Stream.of(block.split(";"))).toList()) {
        if (!query.isBlank()) {
          try (var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).describedAs(query).isTrue();
          }
        }
      }
    }
  }

  private static Stream<Path> pages() throws IOException {
    try (var pages = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md")),
          pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
    }
  }

  private static Stream<String> blocks(Path page, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2));
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
