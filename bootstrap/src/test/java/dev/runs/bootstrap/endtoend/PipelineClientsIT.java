package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The client that pipelines in Python use, and the patterns by which they use it. They need Python
 * 3.9; where that is missing the tests are skipped and say why.
 */
@Timeout(240)
final class PipelineClientsIT {

  /** So that a change of the scripts cannot leave tests out unseen. */
  private static final int FEWEST_TESTS_OF_THE_CLIENT = 40;

  private static final List<String> PATTERNS =
      List.of("first_steps.py", "airflow_dag.py", "dbt_on_run_end.py", "prefect_flow.py");

  /** Some are tried in more than one way. */
  private static final int FEWEST_TESTS_OF_PATTERNS = 6;

  @Test
  void theDocumentationShowsThePatternsThatAreTried() throws IOException {
    var page =
        Files.readString(
            Path.of(System.getProperty("runs.root")).resolve("docs").resolve("pipelines.md"));

    for (var pattern : PATTERNS) {
      var script = Files.readString(Python.FOLDER.resolve("tests/patterns").resolve(pattern));
      assertThat(page).contains("```python\n" + script + "```");
    }
  }

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(new OncePerClass(Installation.onSqlite()));
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(new OncePerClass(Installation.onPostgres()));
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {

    @RegisterExtension final OncePerClass installation;

    private Server server;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation) {
      this.installation = installation;
    }

    @BeforeAll
    void startAServer() throws IOException, InterruptedException {
      assumeTrue(Python.isThere(), "Python 3.9 or newer is not installed");
      server = installation.start();
    }

    @Test
    void theClientDoesWhatItPromises() throws Exception {
      assertThat(Python.passes("test_griot_registry.py", pipelines()))
          .isGreaterThanOrEqualTo(FEWEST_TESTS_OF_THE_CLIENT);
    }

    @Test
    void patternsForAirflowDbtAndPrefectRunAsTheyAre() throws Exception {
      var pipelines = pipelines();

      assertThat(Python.passes("test_patterns.py", pipelines))
          .isGreaterThanOrEqualTo(FEWEST_TESTS_OF_PATTERNS);

      var runs = pipelines.client().get("/api/v1/runs").is(200).at("/items");
      assertThat(runs)
          .extracting(run -> run.at("/contract_id").asString() + " " + run.at("/status").asString())
          .containsExactlyInAnyOrder(
              "orders completed",
              "orders-held-back failed",
              "user-events-contract completed",
              "dbt-contract completed",
              "dbt-contract failed",
              "prefect-contract completed");
    }

    private Pipelines pipelines() {
      return Pipelines.of(server, UUID.randomUUID().toString());
    }
  }
}
