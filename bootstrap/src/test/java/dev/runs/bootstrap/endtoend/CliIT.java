package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands about runs, in real processes: on a database, and on a server. */
@Timeout(300)
final class CliIT {

  /** On the database itself. */
  static Shell here(Installation installation) {
    return new Shell(
        installation.folder(), Map.of("RUNS_SERVICE_DATABASE_URL", installation.databaseUrl()));
  }

  /** On a server, which is started for it. */
  static Shell there(Installation installation) throws IOException {
    var server = installation.start();
    return new Shell(
        installation.folder(),
        Map.of("RUNS_API_URL", server.address().toString(), "RUNS_API_KEY", Server.KEY));
  }

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    Shell shell() {
      return here(installation);
    }

    @Override
    String mode() {
      return "local";
    }
  }

  @Nested
  final class OnPostgres extends Contract {

    @RegisterExtension final Installation installation = Installation.onPostgres();

    @Override
    Shell shell() {
      return here(installation);
    }

    @Override
    String mode() {
      return "local";
    }
  }

  /** Of a server, commands see what it answers, which other tests hold to be the same on both. */
  @Nested
  final class OnAServer extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    Shell shell() throws IOException {
      return there(installation);
    }

    @Override
    String mode() {
      return "remote";
    }
  }

  abstract static class Contract {

    private Shell shell = new Shell(Path.of(""), Map.of());

    abstract Shell shell() throws IOException;

    abstract String mode();

    @BeforeEach
    void open() throws IOException {
      shell = shell();
    }

    @Test
    void aRunIsEnqueuedShownListedExecutedAndFollowed() throws Exception {
      assertThat(shell.run("list").endsWith(0).line()).isEqualTo("No runs found.");
      var id =
          shell
              .runTyping("{\"n\": 1.50}", "enqueue", "demo/copy", "--stdin", "--priority", "5")
              .endsWith(0)
              .line();

      var status = shell.run("status", id, "--json").endsWith(0);
      var shown = status.json();
      assertThat(shown.at("/mode").asString()).isEqualTo(mode());
      assertThat(shown.at("/run/state").asString()).isEqualTo("queued");
      assertThat(shown.at("/run/kind").asString()).isEqualTo("demo/copy");
      assertThat(status.out()).contains("\"input\":{\"n\":1.50}");
      assertThat(shown.at("/run/priority").asInt()).isEqualTo(5);
      assertThat(shell.run("list", "--kind", "demo/copy", "--state", "queued").endsWith(0).line())
          .startsWith(id + "\tqueued\tdemo/copy\tdefault\t0/3\t");
      assertThat(shell.run("list", "--kind", "other", "--json").endsWith(0).json().at("/runs"))
          .isEmpty();

      shell.run("worker", "--kinds", "demo/copy", "--exec", "cat", "--until-empty").endsWith(0);

      var followed = shell.run("tail", id).endsWith(0);
      assertThat(followed.line()).contains("\tsucceeded\tattempt 1/3").endsWith("\n{\"n\":1.50}");
      assertThat(shell.run("list", "--state", "queued").line()).isEqualTo("No runs found.");
    }

    @Test
    void theEndOfARunIsTheExitCodeOfWhoFollowsIt() throws Exception {
      var failing = shell.run("enqueue", "fail").endsWith(0).line();
      shell
          .run("worker", "--kinds", "fail", "--exec", "echo no such thing >&2; exit 65", "--once")
          .endsWith(0);
      var canceled = shell.run("enqueue", "other").endsWith(0).line();

      assertThat(shell.run("tail", failing).endsWith(3).line())
          .endsWith("no such thing\n(exit code 65)");
      assertThat(shell.runTyping("n\n", "cancel", canceled).endsWith(1).err())
          .contains("Nothing was canceled.");
      assertThat(shell.runTyping("yes\n", "cancel", canceled).endsWith(0).line())
          .contains("\tcanceled\t");
      assertThat(shell.run("tail", canceled, "--json").endsWith(5).json().at("/run/state"))
          .hasToString("\"canceled\"");
      var tooLate = shell.run("cancel", failing, "--yes", "--json").endsWith(1).json();
      assertThat(tooLate.at("/error/code").asString()).isEqualTo("run.illegal_move");
      var again = shell.run("retry", failing, "--json").endsWith(0).json();
      assertThat(again.at("/run/retryOf").asString()).isEqualTo(failing);
    }

    @Test
    void askingTwiceWithAKeyMakesOneRun() throws Exception {
      var first = shell.run("enqueue", "k", "--input", "[1]", "--idempotency-key", "a");
      var second = shell.run("enqueue", "k", "--input", "[1]", "--idempotency-key", "a");
      var other = shell.run("enqueue", "k", "--input", "[2]", "--idempotency-key", "a", "--json");

      assertThat(second.endsWith(0).line()).isEqualTo(first.endsWith(0).line());
      assertThat(other.endsWith(1).json().at("/error/code").asString())
          .isEqualTo("idempotency.other_request");
    }

    @Test
    void whatCannotBeMeantIsToldWithTheExitCodeOfMisuse() throws Exception {
      assertThat(shell.run("enqueue", "k", "--input", "{").endsWith(2).err())
          .startsWith("runs: The input is no JSON: ");
      assertThat(shell.run("enqueue", "k", "--input", "1", "--stdin").endsWith(2).err())
          .contains("mutually exclusive");
      assertThat(shell.run("list", "--limit", "101", "--json").endsWith(2).json().at("/error/code"))
          .hasToString("\"usage\"");
      assertThat(shell.run("list", "--limits", "1", "--json").endsWith(2).json().at("/error/code"))
          .hasToString("\"usage\"");
      assertThat(
              shell
                  .run("status", "00000000-0000-7000-8000-000000000000", "--json")
                  .endsWith(1)
                  .json()
                  .at("/error/code")
                  .asString())
          .isEqualTo("run.not_found");
    }
  }

  @Nested
  final class OnBoth {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Test
    void aRequestAndARunAreTheSame() throws Exception {
      var there = there(installation);
      var here = here(installation);
      String[] request = {
        "enqueue",
        "k",
        "--input",
        "{\"b\":[1.50],\"a\":\"é\"}",
        "--idempotency-key",
        "a",
        "--project",
        "default",
        "--max-attempts",
        "2",
        "--timeout",
        "60",
        "--json"
      };
      var made = here.run(request).endsWith(0).json();
      var again = there.run(request).endsWith(0).json();
      var id = made.at("/run/id").asString();

      assertThat(made.at("/isNew").asBoolean()).isTrue();
      assertThat(again.at("/isNew").asBoolean()).isFalse();
      assertThat(again.at("/run")).isEqualTo(made.at("/run"));
      assertThat(names(again.at("/run"))).isEqualTo(names(made.at("/run")));
      assertThat(there.run("status", id, "--json").json().at("/run"))
          .isEqualTo(here.run("status", id, "--json").json().at("/run"));
      assertThat(there.run("list", "--json").json().at("/runs"))
          .isEqualTo(here.run("list", "--json").json().at("/runs"));
      assertThat(
              there
                  .with("RUNS_SERVICE_DATABASE_URL", installation.databaseUrl())
                  .run("status", id, "--local", "--json")
                  .json()
                  .at("/mode")
                  .asString())
          .isEqualTo("local");
    }

    private static List<String> names(JsonNode object) {
      return List.copyOf(object.propertyNames());
    }
  }

  @Nested
  final class WithoutAServer {

    @TempDir Path folder;

    @Test
    void tellsThatNobodyAnswers() throws Exception {
      var shell = new Shell(folder, Map.of());

      assertThat(
              shell
                  .run("list", "--remote", "http://localhost:1", "--json")
                  .endsWith(6)
                  .json()
                  .at("/error/code")
                  .asString())
          .isEqualTo("server.unreachable");
    }

    @Test
    void worksOnTheFileOfTheFolderAndElseOnTheUsersOwn() throws Exception {
      var shell = new Shell(folder, Map.of("XDG_CONFIG_HOME", folder.resolve("own").toString()));
      var own = shell.run("enqueue", "k").endsWith(0).line();
      assertThat(folder.resolve("own/runs/runs.db")).exists();
      assertThat(folder.resolve("runs.db")).doesNotExist();

      shell.run("migrate").endsWith(0);
      assertThat(folder.resolve("runs.db")).exists();
      assertThat(shell.run("list").line()).isEqualTo("No runs found.");
      assertThat(
              shell
                  .with("RUNS_DB_PATH", folder.resolve("own/runs/runs.db").toString())
                  .run("list")
                  .line())
          .startsWith(own);
      assertThat(shell.run("list", "--db", "own/runs/runs.db").line()).startsWith(own);
    }

    @Test
    void refusesTablesThatANewerProgramHasChanged() throws Exception {
      var shell = new Shell(folder, Map.of("RUNS_DB_PATH", "new.db"));
      assertThat(shell.run("migrate").endsWith(0).line()).startsWith("Made the tables, at version");
      assertThat(shell.run("migrate").endsWith(0).line()).endsWith("already.");
      try (var connection =
              java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("new.db"));
          var statement = connection.createStatement()) {
        statement.executeUpdate(
            "insert into flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, installed_on, execution_time, success)"
                + " values (1000, '999', 'x', 'SQL', 'V999__x.sql', '', '2027-01-01', 0, 1)");
      }

      assertThat(shell.run("list").endsWith(1).err())
          .contains("its tables are at version 999")
          .endsWith("Start a newer version.\n");
      assertThat(shell.run("serve", "--port", "0").endsWith(1).err())
          .contains("its tables are at version 999");
    }

    @Test
    void makesTheTablesOnceThoughManyBeginAtTheSameTime() throws Exception {
      var shell = new Shell(folder, Map.of("RUNS_DB_PATH", "fresh.db"));
      var started =
          List.of(
              shell.start("enqueue", "k"),
              shell.start("enqueue", "k"),
              shell.start("enqueue", "k"));
      for (var one : started) {
        assertThat(one.process().waitFor()).describedAs(one.written()).isZero();
      }

      assertThat(
              StreamSupport.stream(
                  shell.run("list", "--json").json().at("/runs").spliterator(), false))
          .hasSize(3);
    }

    @Test
    void keepsThePriceList() throws Exception {
      var shell = new Shell(folder, Map.of());

      assertThat(shell.run("prices", "set", "tokens", "0.25").endsWith(0).line())
          .startsWith("tokens\t0.2500000000\t");
      assertThat(shell.run("prices", "list").line()).startsWith("tokens\t0.2500000000\t");
      shell.run("prices", "remove", "tokens").endsWith(0);
      assertThat(shell.run("prices", "list").line()).isEmpty();
      assertThat(shell.run("prices", "remove", "tokens").endsWith(1).err()).startsWith("runs: ");
    }

    @Test
    void letsAShellCompleteCommands() throws Exception {
      var shell = new Shell(folder, Map.of());
      var script = folder.resolve("completion");
      Files.writeString(script, shell.run("completion").endsWith(0).out());
      var bash =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "source %s && COMP_WORDS=(runs en) COMP_CWORD=1 && _complete_runs && echo ${COMPREPLY[@]}"
                      .formatted(script))
              .redirectErrorStream(true)
              .start();

      assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo("enqueue");
    }
  }
}
