package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.endtoend.Shell.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Workers in processes of their own, whose commands are processes too. */
@Timeout(300)
final class WorkerIT {

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    Shell shell() {
      return CliIT.here(installation);
    }
  }

  @Nested
  final class OnAServerOverPostgres extends Contract {

    @RegisterExtension final Installation installation = Installation.onPostgres();

    @Override
    Shell shell() throws IOException {
      return CliIT.there(installation);
    }
  }

  abstract static class Contract {

    private static final String SECRET = "open sesame, please";

    private final List<Running> workers = new ArrayList<>();
    private Shell shell = new Shell(Path.of(""), Map.of());

    abstract Shell shell() throws IOException;

    @BeforeEach
    void open() throws IOException {
      shell = shell().with("RUNS_SECRET_PROD_DB", SECRET);
    }

    @AfterEach
    void end() throws InterruptedException {
      for (var worker : workers) {
        worker.kill();
      }
    }

    @Test
    void aRunWhoseWorkerDiesIsExecutedAgainAfterTheLeaseAndNotBefore() throws Exception {
      var lease = Duration.ofSeconds(5);
      var id = enqueue("{}");
      var dying = worker("sleep 600", "--lease-seconds", "" + lease.toSeconds());
      Await.until(() -> run(id), run -> state(run).equals("running"));
      var claimedAt = Instant.parse(run(id).at("/claimedAt").asString());
      var below = dying.process().descendants().toList();
      dying.killAlone();
      worker("cat", "--lease-seconds", "" + lease.toSeconds());

      var done = awaitEnd(id);
      below.forEach(ProcessHandle::destroyForcibly);
      assertThat(state(done)).isEqualTo("succeeded");
      assertThat(done.at("/attempt").asInt()).isEqualTo(2);
      assertThat(Instant.parse(done.at("/claimedAt").asString()))
          .isAfterOrEqualTo(claimedAt.plus(lease));
    }

    @Test
    void aCommandIsAskedToEndAndThenEndedWhenItsRunIsCanceled() throws Exception {
      var asked = shell.folder().resolve("asked");
      var pid = shell.folder().resolve("pid");
      var id = enqueue("{}");
      worker(
          "trap 'echo asked > %s' TERM; echo $$ > %s; while :; do sleep 0.1; done"
              .formatted(asked, pid),
          "--lease-seconds",
          "6",
          "--grace-seconds",
          "1");
      Await.until(() -> text(pid), text -> !text.isEmpty());

      var canceling = shell.run("cancel", id, "--yes", "--json").endsWith(0).json();
      assertThat(canceling.at("/run/cancelRequestedAt").asString()).isNotEmpty();
      assertThat(shell.run("tail", id).endsWith(5).line()).contains("\tcanceled\t");
      assertThat(asked).exists();
      Await.until(
          () -> ProcessHandle.of(Long.parseLong(text(pid))).filter(ProcessHandle::isAlive),
          found -> found.isEmpty());
    }

    @Test
    void aWorkerThatIsToldToEndLetsItsRunsEnd() throws Exception {
      var begun = shell.folder().resolve("begun");
      var mayEnd = shell.folder().resolve("may-end");
      var id = enqueue("{}");
      var worker =
          worker(
              "touch %s; while [ ! -e %s ]; do sleep 0.05; done; echo '\"done\"'"
                  .formatted(begun, mayEnd));
      Await.until(() -> Files.exists(begun), exists -> exists);
      worker.process().destroy();
      var second = enqueue("{}");
      Files.createFile(mayEnd);

      assertThat(worker.process().waitFor()).isEqualTo(Server.STOPPED);
      assertThat(run(id).at("/output").asString()).isEqualTo("done");
      assertThat(state(run(second))).isEqualTo("queued");
    }

    @Test
    void aWorkerGivesBackWhatDoesNotEndInTimeAndThatCountsAsNoAttempt() throws Exception {
      var begun = shell.folder().resolve("begun");
      var id =
          shell.run("enqueue", "work", "--max-attempts", "1", "--input", "1").endsWith(0).line();
      var worker = worker("touch %s; sleep 600".formatted(begun), "--drain-seconds", "0");
      Await.until(() -> Files.exists(begun), exists -> exists);
      worker.stop();
      assertThat(state(run(id))).isEqualTo("queued");
      worker("cat");

      assertThat(state(awaitEnd(id))).isEqualTo("succeeded");
    }

    @Test
    void aCommandIsGivenSecretsWhichAreWrittenNowhere() throws Exception {
      var got = shell.folder().resolve("got");
      var id = enqueue("{\"password\":\"secret://prod/db\"}");
      var worker = worker("tee %s; cat %s >&2".formatted(got, got));
      var done = awaitEnd(id);
      worker.stop();

      assertThat(text(got)).isEqualTo("{\"password\":\"" + SECRET + "\"}");
      assertThat(done.at("/input/password").asString()).isEqualTo("secret://prod/db");
      assertThat(done.at("/output/password").asString()).isEqualTo("[secret:prod/db]");
      assertThat(worker.written())
          .contains("{\"password\":\"[secret:prod/db]\"}")
          .contains("outcome=succeeded")
          .contains("wait_ms=")
          .contains("run_ms=")
          .doesNotContain(SECRET);
    }

    @Test
    void aRunThatRefersToAnUnknownSecretFailsForGood() throws Exception {
      var id = enqueue("{\"password\":\"secret://prod/other\"}");
      worker("cat");
      var done = awaitEnd(id);

      assertThat(state(done)).isEqualTo("failed");
      assertThat(done.at("/failureKind").asString()).isEqualTo("user");
      assertThat(done.at("/error").asString())
          .isEqualTo("The secret 'prod/other' is not known here.");
      assertThat(done.at("/attempt").asInt()).isEqualTo(1);
    }

    private String enqueue(String input) throws Exception {
      return shell.run("enqueue", "work", "--input", input).endsWith(0).line();
    }

    private Running worker(String exec, String... more) throws IOException {
      var line = new ArrayList<>(List.of("worker", "--kinds", "work", "--exec", exec));
      line.addAll(List.of(more));
      var worker = shell.start(line.toArray(String[]::new));
      workers.add(worker);
      return worker;
    }

    private JsonNode awaitEnd(String id) throws Exception {
      return shell.run("tail", id, "--json").json().at("/run");
    }

    private JsonNode run(String id) {
      try {
        return shell.run("status", id, "--json").endsWith(0).json().at("/run");
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static String state(JsonNode run) {
      return run.at("/state").asString();
    }

    private static String text(Path file) {
      try {
        return Files.exists(file) ? Files.readString(file).strip() : "";
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
