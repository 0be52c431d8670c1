package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DataQualityAssertionsDatasetFacetAssertions;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.HttpTransportResponseException;
import io.openlineage.client.utils.UUIDUtils;
import java.net.URI;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The published client of OpenLineage tells of a DAG and its tasks, out of order and twice. */
@Timeout(300)
final class LineageIT {

  private static final ZonedDateTime NIGHT = ZonedDateTime.parse("2026-03-01T02:00:00.123456Z");
  private static final String NAMESPACE = "airflow";

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    Installation installation() {
      return installation;
    }
  }

  @Nested
  final class OnPostgres extends Contract {

    @RegisterExtension final Installation installation = Installation.onPostgres();

    @Override
    Installation installation() {
      return installation;
    }
  }

  abstract static class Contract {

    private final OpenLineage lineage =
        new OpenLineage(URI.create("https://example.com/scheduler"));
    private final UUID dag = UUIDUtils.generateNewUUID();
    private final UUID load = UUIDUtils.generateNewUUID();
    private final UUID check = UUIDUtils.generateNewUUID();

    abstract Installation installation();

    @Test
    void aDagWithTasksBecomesATreeWithStatesAndValidations() throws Exception {
      var server = installation().start();
      var client = server.client();
      client.put("/api/v1/contracts/postgres:%2F%2Fshop%2Fitems/policy", "{'gate':'fail'}").is(200);

      try (var transport =
          HttpTransport.builder().uri(server.address()).apiKey(Server.KEY).build()) {
        var scheduler = new OpenLineageClient(transport);
        scheduler.emit(task(EventType.COMPLETE, 30, load, "load", true));
        scheduler.emit(task(EventType.START, 10, load, "load", false));
        scheduler.emit(checked(EventType.COMPLETE, 50));
        scheduler.emit(dag(EventType.START, 0));
        scheduler.emit(dag(EventType.START, 0));
        scheduler.emit(task(EventType.START, 40, check, "check", true));
        scheduler.emit(checked(EventType.COMPLETE, 50));
        scheduler.emit(failedDag(60));

        assertThatThrownBy(() -> scheduler.emit(dag(EventType.COMPLETE, 70)))
            .isInstanceOfSatisfying(
                HttpTransportResponseException.class,
                refused -> assertThat(refused.getStatusCode()).isEqualTo(409));
        assertThatThrownBy(() ->
                scheduler.emit(
                    lineage.newDatasetEvent(NIGHT, lineage.newStaticDataset("db", "t", null))))
            .isInstanceOfSatisfying(
                HttpTransportResponseException.class,
                refused -> assertThat(refused.getStatusCode()).isEqualTo(422));
      }

      var root = find(client, "shop_daily");
      var shown = client.get("/api/v1/runs/" + root.at("/id").asString()).is(200);
      assertThat(shown.textAt("/status")).isEqualTo("failed");
      assertThat(shown.textAt("/pipeline_id")).isEqualTo(dag.toString());
      assertThat(shown.textAt("/started_at")).startsWith("2026-03-01T02:00:00.123");
      assertThat(shown.textAt("/completed_at")).startsWith("2026-03-01T02:01:00.123");
      assertThat(shown.textAt("/metadata/nominal_start_time")).isEqualTo("2026-03-01T02:00:00Z");
      assertThat(shown.textAt("/metadata/integration")).isEqualTo("AIRFLOW");

      var tree = client.get("/v1/runs/" + root.at("/id").asString() + "/tree").is(200);
      assertThat(tree.at("/runs")).hasSize(2);
      assertThat(node(tree, "shop_daily.load").at("/state").asString()).isEqualTo("succeeded");
      assertThat(node(tree, "shop_daily.check").at("/state").asString()).isEqualTo("failed");
      assertThat(tree.at("/runs").findValuesAsString("parentRunId"))
          .containsOnly(root.at("/id").asString());

      var held =
          client.get("/api/v1/runs/" + node(tree, "shop_daily.check").at("/id").asString()).is(200);
      assertThat(held.at("/validations")).hasSize(2);
      assertThat(held.at("/validations").findValuesAsString("status"))
          .containsExactly("warning", "failed");
    }

    private static JsonNode find(Client client, String pipeline) {
      var found = client.get("/api/v1/runs?pipeline_name=" + pipeline).is(200);
      assertThat(found.at("/total").asInt()).isOne();
      return found.at("/items/0");
    }

    private static JsonNode node(Client.Answer tree, String task) {
      for (var node : tree.at("/runs")) {
        if (node.at("/taskName").asString().equals(task)) {
          return node;
        }
      }
      throw new AssertionError("no " + task + " in " + tree.text());
    }

    private RunEvent dag(EventType type, int seconds) {
      return event(
          type,
          seconds,
          lineage
              .newRunBuilder()
              .runId(dag)
              .facets(
                  lineage
                      .newRunFacetsBuilder()
                      .nominalTime(
                          lineage.newNominalTimeRunFacet(
                              NIGHT.withNano(0), NIGHT.withNano(0).plusDays(1)))
                      .build())
              .build(),
          "shop_daily",
          List.of());
    }

    private RunEvent failedDag(int seconds) {
      return event(
          EventType.FAIL,
          seconds,
          lineage
              .newRunBuilder()
              .runId(dag)
              .facets(
                  lineage
                      .newRunFacetsBuilder()
                      .errorMessage(
                          lineage.newErrorMessageRunFacet("a task failed", "PYTHON", null))
                      .build())
              .build(),
          "shop_daily",
          List.of());
    }

    private RunEvent task(EventType type, int seconds, UUID id, String name, boolean namesRoot) {
      return event(type, seconds, run(id, namesRoot), "shop_daily." + name, List.of());
    }

    private RunEvent checked(EventType type, int seconds) {
      return event(
          type,
          seconds,
          run(check, true),
          "shop_daily.check",
          List.of(
              dataset("orders", assertion("unique", false, "warn")),
              dataset(
                  "items",
                  assertion("not_null", false, "error"),
                  assertion("fresh", true, "error"))));
    }

    private OpenLineage.Run run(UUID id, boolean namesRoot) {
      var parent =
          lineage
              .newParentRunFacetBuilder()
              .run(lineage.newParentRunFacetRunBuilder().runId(dag).build())
              .job(
                  lineage
                      .newParentRunFacetJobBuilder()
                      .namespace(NAMESPACE)
                      .name("shop_daily")
                      .build());
      if (namesRoot) {
        parent.root(
            lineage
                .newParentRunFacetRootBuilder()
                .run(lineage.newRootRunBuilder().runId(dag).build())
                .job(lineage.newRootJobBuilder().namespace(NAMESPACE).name("shop_daily").build())
                .build());
      }
      return lineage
          .newRunBuilder()
          .runId(id)
          .facets(lineage.newRunFacetsBuilder().parent(parent.build()).build())
          .build();
    }

    private OpenLineage.InputDataset dataset(
        String name, DataQualityAssertionsDatasetFacetAssertions... assertions) {
      return lineage
          .newInputDatasetBuilder()
          .namespace("postgres://shop")
          .name(name)
          .inputFacets(
              lineage
                  .newInputDatasetInputFacetsBuilder()
                  .dataQualityMetrics(
                      lineage
                          .newDataQualityMetricsInputDatasetFacetBuilder()
                          .rowCount(100L)
                          .columnMetrics(
                              lineage
                                  .newDataQualityMetricsInputDatasetFacetColumnMetricsBuilder()
                                  .build())
                          .build())
                  .dataQualityAssertions(
                      lineage.newDataQualityAssertionsDatasetFacet(List.of(assertions)))
                  .build())
          .build();
    }

    private DataQualityAssertionsDatasetFacetAssertions assertion(
        String name, boolean success, String severity) {
      return lineage
          .newDataQualityAssertionsDatasetFacetAssertionsBuilder()
          .assertion(name)
          .success(success)
          .column("id")
          .severity(severity)
          .build();
    }

    private RunEvent event(
        EventType type,
        int seconds,
        OpenLineage.Run run,
        String job,
        List<OpenLineage.InputDataset> inputs) {
      return lineage
          .newRunEventBuilder()
          .eventType(type)
          .eventTime(NIGHT.plusSeconds(seconds))
          .run(run)
          .job(
              lineage
                  .newJobBuilder()
                  .namespace(NAMESPACE)
                  .name(job)
                  .facets(
                      lineage
                          .newJobFacetsBuilder()
                          .jobType(lineage.newJobTypeJobFacet("BATCH", "AIRFLOW", "DAG", null))
                          .build())
                  .build())
          .inputs(inputs)
          .outputs(List.of())
          .build();
    }
  }
}
