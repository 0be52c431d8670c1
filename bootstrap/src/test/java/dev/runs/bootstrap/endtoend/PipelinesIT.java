package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunResponse;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.application.AtOnce;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pipelines report their runs and what validated them, and everybody else sees those runs too. */
@Timeout(240)
final class PipelinesIT {

  private static final int WRITERS = 16;
  private static final int EDITS_PER_WRITER = 12;

  /** The documented examples, word for word. */
  private static final class Examples {

    static final String CREATE =
        """
        curl -X POST http://localhost:8000/api/v1/runs \\
            -H "Content-Type: application/json" \\
            -H "X-API-Key: $API_KEY" \\
            -d '{
                "contract_id": "contract-123",
                "pipeline_name": "daily-etl",
                "status": "running"
            }'
        """;

    static final String GET = "curl http://localhost:8000/api/v1/runs/run-456";

    static final String UPDATE =
        """
        curl -X PATCH http://localhost:8000/api/v1/runs/run-456 \\
            -H "Content-Type: application/json" \\
            -H "X-API-Key: $API_KEY" \\
            -d '{"status": "completed"}'
        """;

    static final String LIST_OF_A_CONTRACT =
        """
        # List runs for a contract
        curl "http://localhost:8000/api/v1/runs?contract_id=contract-123"
        """;

    static final String LIST_OF_WHAT_FAILED =
        """
        # List failed runs
        curl "http://localhost:8000/api/v1/runs?status=failed"
        """;

    private Examples() {}
  }

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(new OncePerClass(Installation.onSqlite()), new OncePerClass(Installation.onSqlite()));
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(
          new OncePerClass(Installation.onPostgres()), new OncePerClass(Installation.onPostgres()));
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {

    @RegisterExtension final OncePerClass installation;
    @RegisterExtension final OncePerClass openInstallation;

    private Server server;

    /** Opens an organization to everybody who reads. */
    private Server openServer;

    private Pipelines pipelines;
    private RunCalls calls;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation, OncePerClass openInstallation) {
      this.installation = installation;
      this.openInstallation = openInstallation;
    }

    @BeforeAll
    void startServers() throws IOException {
      server = installation.start();
      openServer =
          openInstallation.start(
              Map.of(
                  "RUNS_PIPELINES_ANONYMOUS_READS", "true",
                  "RUNS_PIPELINES_ANONYMOUS_ORGANIZATION", "acme"));
      pipelines = Pipelines.of(server, RunCalls.ORGANIZATION);
      calls = RunCalls.of(server).with(RpcClient.of(server).with(pipelines.key()));
    }

    // ---- the documented examples

    @Test
    void theDocumentedExamplesDoWhatIsDocumented() throws Exception {
      var acme = Pipelines.of(openServer, "acme");
      var failedRun = acme.run("contract-9", "nightly");
      acme.edit(failedRun, "{'status':'failed'}").is(200);
      var ofOthers = Pipelines.of(openServer, "somebody-else").run("contract-123", "daily-etl");

      var made = typed(openServer, acme.key(), "", Examples.CREATE).is(201);
      assertThat(made.textAt("/contract_id")).isEqualTo("contract-123");
      assertThat(made.textAt("/pipeline_name")).isEqualTo("daily-etl");
      assertThat(made.textAt("/status")).isEqualTo("running");
      assertThat(made.at("/completed_at").isNull()).isTrue();
      assertThat(made.textAt("/created_by")).isNotEmpty();
      assertThat(Instant.parse(made.textAt("/started_at"))).isBeforeOrEqualTo(Instant.now());

      var validation = acme.validate(made.id(), "contract-123", true);
      var shown = typed(openServer, "", made.id(), Examples.GET).is(200);
      assertThat(shown.textAt("/validations/0/id")).isEqualTo(validation);
      assertThat(shown.textAt("/validations/0/status")).isEqualTo("passed");
      assertThat(shown.textAt("/validations/0/recorded_at")).endsWith("Z");
      typed(openServer, "", ofOthers, Examples.GET).is(404);

      var updated = typed(openServer, acme.key(), made.id(), Examples.UPDATE).is(200);
      assertThat(updated.textAt("/status")).isEqualTo("completed");
      assertThat(updated.textAt("/completed_at")).endsWith("Z");

      var ofContract = typed(openServer, "", "", Examples.LIST_OF_A_CONTRACT).is(200);
      assertThat(ofContract.at("/items").valueStream().map(run -> run.at("/id").asString()))
          .containsExactly(made.id());
      assertThat(ofContract.at("/total").asInt()).isEqualTo(1);
      assertThat(ofContract.at("/limit").asInt()).isEqualTo(50);
      assertThat(ofContract.at("/offset").asInt()).isZero();
      var failed = typed(openServer, "", "", Examples.LIST_OF_WHAT_FAILED).is(200);
      assertThat(failed.at("/items").valueStream().map(run -> run.at("/id").asString()))
          .containsExactly(failedRun);
    }

    @Test
    void whoHasNoKeyMayReadOnlyWhereThatIsWanted() throws Exception {
      var run = pipelines.run("contract-123", "daily-etl");

      for (var example :
          List.of(Examples.GET, Examples.LIST_OF_A_CONTRACT, Examples.LIST_OF_WHAT_FAILED)) {
        var refused = typed(server, "", run, example).is(401);
        assertThat(refused.textAt("/detail/code")).isEqualTo("UNAUTHORIZED");
        assertThat(refused.textAt("/message")).isNotEmpty();
      }
    }

    @Test
    void nobodyWritesWithoutAKey() throws Exception {
      var run = Pipelines.of(openServer, "acme").run("orders", "written");

      typed(openServer, "", "", Examples.CREATE).is(401);
      typed(openServer, "", run, Examples.UPDATE).is(401);
      var nobody = new Client(openServer.address(), Map.of());
      nobody
          .post("/api/v1/validations", "{'contract_id':'orders','passed':true,'row_count':1}")
          .is(401);
      nobody.put("/api/v1/contracts/orders/policy", "{'gate':'fail'}").is(401);
      assertThat(nobody.get("/api/v1/runs/" + run).is(200).textAt("/status")).isEqualTo("running");
      nobody.get("/v1/runs/" + run).is(401);
    }

    @Test
    void aWrongKeyIsRefusedAlsoWhereNoneIsNeeded() throws Exception {
      for (var asked : List.of(server, openServer)) {
        var somebody = asked.client().with("X-API-Key", "wrong");
        for (var path : List.of("/api/v1/runs", "/api/v1/validations")) {
          assertThat(somebody.get(path).is(403).textAt("/detail/code"))
              .isEqualTo("INVALID_API_KEY");
        }
        typed(asked, "wrong", "", Examples.CREATE).is(403);
      }
    }

    // ---- the same run in every view

    @Test
    void aRunOfAPipelineIsARunOfAllSurfaces() {
      server.client().put("/v1/costs/row", "{'costPerUnitInUsdCents':'0.001'}").is(200);
      var root = pipelines.run("orders", "nightly");
      var load = pipelines.child(root, "load");
      var check = pipelines.child(load, "check");
      book(root, 1_000);
      book(check, 5_000);
      var validation = pipelines.validate(check, "orders", false);

      var tracked = pipelines.client().get("/v1/runs/" + root).is(200);
      assertThat(tracked.textAt("/serviceName")).isEqualTo("pipelines");
      assertThat(tracked.textAt("/taskName")).isEqualTo("nightly");
      assertThat(tracked.decimalAt("/ownCostInUsdCents")).isEqualByComparingTo(BigDecimal.ONE);
      assertThat(tracked.decimalAt("/totalCostInUsdCents")).isEqualByComparingTo("6");
      assertThat(tracked.at("/descendantCounts/running").asInt()).isEqualTo(2);
      assertThat(below(root)).containsExactly(load, check);
      assertThat(pipelines.show(check).textAt("/parent_run_id")).isEqualTo(load);
      assertThat(pipelines.show(check).textAt("/validations/0/id")).isEqualTo(validation);
      assertThat(pipelines.event(check, "run.validation_recorded").at("/runId").asString())
          .isEqualTo(check);

      var run = runHere("nightly");
      assertThat(phase(run)).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      calls
          .client()
          .call(
              "AbortRun",
              AbortRunRequest.newBuilder().setRunId(run).setReason("enough").build(),
              AbortRunResponse.getDefaultInstance());
      for (var id : List.of(root, load, check)) {
        Await.until(() -> pipelines.status(id), "cancelled"::equals);
      }
      assertThat(pipelines.show(root).textAt("/completed_at")).endsWith("Z");
      pipelines.edit(root, "{'status':'completed'}").is(409);
      assertThat(pipelines.edit(root, "{'status':'cancelled'}").is(200).textAt("/status"))
          .isEqualTo("cancelled");
    }

    @Test
    void aRunThatItsPipelineCancelsIsCanceledEverywhereWithAllBelowIt() {
      var root = pipelines.run("orders", "stopped");
      var load = pipelines.child(root, "load");

      assertThat(pipelines.edit(root, "{'status':'cancelled'}").is(200).textAt("/status"))
          .isEqualTo("cancelled");

      assertThat(phase(runHere("stopped"))).isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
      Await.until(
          () -> pipelines.client().get("/v1/runs/" + load).is(200).textAt("/state"),
          "canceled"::equals);
      assertThat(pipelines.status(load)).isEqualTo("cancelled");
    }

    @Test
    void aRunOfAnotherSurfaceIsShownHereAndCanBeGivenMetadata() {
      var tracked =
          pipelines
              .client()
              .post(
                  "/v1/runs",
                  "{'organizationId':'%s','serviceName':'etl','taskName':'load'}",
                  pipelines.organization())
              .is(201)
              .id();

      assertThat(pipelines.status(tracked)).isEqualTo("running");
      assertThat(pipelines.show(tracked).at("/contract_id").isNull()).isTrue();
      pipelines.validate(tracked, "orders", true);
      assertThat(pipelines.show(tracked).at("/validations")).hasSize(1);
      pipelines.edit(tracked, "{'metadata':{'rows':7}}").is(200);
      assertThat(pipelines.show(tracked).at("/metadata/rows").asInt()).isEqualTo(7);
    }

    @Test
    void anotherOrganizationSeesNothingOfIt() {
      var run = pipelines.run("secret-contract", "secret");
      var validation = pipelines.validate(run, "secret-contract", true);
      var stranger = Pipelines.of(server, "stranger").client();

      stranger.get("/api/v1/runs/" + run).is(404);
      stranger.get("/api/v1/validations/" + validation).is(404);
      stranger.patch("/api/v1/runs/" + run, "{'status':'failed'}").is(404);
      for (var path : List.of("/api/v1/runs", "/api/v1/validations")) {
        assertThat(stranger.get(path + "?contract_id=secret-contract").is(200).at("/total").asInt())
            .isZero();
      }
      assertThat(
              stranger
                  .get("/api/v1/validations/stats/secret-contract")
                  .is(200)
                  .at("/total_runs")
                  .asInt())
          .isZero();
      stranger
          .post(
              "/api/v1/validations",
              "{'contract_id':'c','run_id':'%s','passed':true,'row_count':1}",
              run)
          .is(422);
      stranger.post("/api/v1/runs", "{'contract_id':'c','parent_run_id':'%s'}", run).is(422);
    }

    // ---- many at once

    @Test
    void metadataThatManyWriteAtOnceIsKeptWhole() throws Exception {
      var run = pipelines.run("orders", "busy");

      AtOnce.with(
          WRITERS,
          writer -> {
            for (var edit = 0; edit < EDITS_PER_WRITER; edit++) {
              pipelines.edit(run, "{'metadata':{'w%s':{'e%s':%s}}}", writer, edit, edit).is(200);
            }
            return writer;
          });

      var metadata = pipelines.show(run).at("/metadata");
      assertThat(metadata.propertyNames())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, WRITERS).mapToObj(writer -> "w" + writer).toList());
      assertThat(metadata).allSatisfy(edits -> assertThat(edits).hasSize(EDITS_PER_WRITER));
    }

    @Test
    void ofManyWhoEndARunAtOnceOneHasItsWay() throws Exception {
      var run = pipelines.run("orders", "contested");

      var answers =
          AtOnce.with(
              WRITERS,
              writer ->
                  pipelines
                      .edit(run, "{'status':'%s'}", writer % 2 == 0 ? "completed" : "failed")
                      .status());

      assertThat(answers).containsOnly(200, 409);
      assertThat(answers.stream().filter(status -> status == 200)).hasSize(WRITERS / 2);
    }

    @Test
    void aRunThatIsSentAgainWithItsKeyIsMadeOnce() throws Exception {
      var name = UUID.randomUUID().toString();
      var client = pipelines.client().with("Idempotency-Key", name);

      var answers =
          AtOnce.with(
              WRITERS,
              _ -> client.post("/api/v1/runs", "{'contract_id':'c','pipeline_name':'%s'}", name));

      assertThat(answers).extracting(Client.Answer::status).isSubsetOf(201, 409).contains(201);
      assertThat(answers.stream().filter(answer -> answer.status() == 201).map(Client.Answer::id))
          .containsOnly(
              client
                  .post("/api/v1/runs", "{'contract_id':'c','pipeline_name':'%s'}", name)
                  .is(201)
                  .id());
      assertThat(pipelines.client().get("/api/v1/runs?pipeline_name=" + name).at("/total").asInt())
          .isEqualTo(1);
    }

    private void book(String run, long rows) {
      pipelines
          .client()
          .post(
              "/v1/runs/%s/costs".formatted(run),
              "{'items':[{'costName':'row','quantity':%s}]}",
              rows)
          .is(201);
    }

    private List<String> below(String run) {
      return pipelines
          .client()
          .get("/v1/runs/%s/tree".formatted(run))
          .is(200)
          .at("/runs")
          .valueStream()
          .map(node -> node.at("/id").asString())
          .toList();
    }

    /** The name that the RunService has for the only run of a pipeline. */
    private RunIdentifier runHere(String pipeline) {
      return calls
          .list(
              ListRunsRequest.newBuilder()
                  .setOrg(RunCalls.ORGANIZATION)
                  .setRequest(
                      RunCalls.limit(1)
                          .addFilters(
                              RunCalls.filter("task_name", Filter.Function.EQUAL, pipeline))))
          .getRuns(0)
          .getAction()
          .getId()
          .getRun();
    }

    private ActionPhase phase(RunIdentifier run) {
      return calls
          .client()
          .call(
              "GetRunDetails",
              GetRunDetailsRequest.newBuilder().setRunId(run).build(),
              GetRunDetailsResponse.getDefaultInstance())
          .getDetails()
          .getAction()
          .getStatus()
          .getPhase();
    }
  }

  /**
   * Types an example into a shell, with the address of a server and the id of a run in it.
   *
   * @param key what the shell knows as {@code $API_KEY}; empty when it knows none
   */
  private static Client.Answer typed(Server server, String key, String run, String example)
      throws IOException, InterruptedException {
    // the example itself says nothing of the status
    var printing =
        "curl() { command curl -sS -w '\\n%{http_code}' \"$@\"; }\n"
            + example
                .replace("http://localhost:8000", server.address().toString())
                .replace("run-456", run);
    var shell = new ProcessBuilder("bash", "-c", printing).redirectErrorStream(true);
    shell.environment().put("API_KEY", key);
    shell.environment().put("no_proxy", "localhost");
    var process = shell.start();
    process.getOutputStream().close();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    var end = printed.lastIndexOf('\n');
    return new Client.Answer(
        Integer.parseInt(printed.substring(end + 1)),
        HttpHeaders.of(Map.of(), (_, _) -> true),
        printed.substring(0, end));
  }
}
