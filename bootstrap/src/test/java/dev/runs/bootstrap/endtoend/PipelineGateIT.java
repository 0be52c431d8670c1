package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.runs.adapters.rpc.wire.common.ActionPhase;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failed validation does to a run that would succeed, whoever says that it does. */
@Timeout(240)
final class PipelineGateIT {

  private static final String WORKER = "worker-1";

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

  /** A way for a run to come to its end. */
  private interface Way {

    /** Makes a run, and tells its id. */
    String begin(Contract contract);

    /** Says that it has succeeded. */
    void succeed(Contract contract, String run);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {

    @RegisterExtension final OncePerClass installation;

    private Pipelines pipelines;
    private RunCalls calls;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation) {
      this.installation = installation;
    }

    @BeforeAll
    void startAServer() throws IOException {
      var server = installation.start();
      pipelines = Pipelines.of(server, RunCalls.ORGANIZATION);
      calls = RunCalls.of(server).with(RpcClient.of(server).with(pipelines.key()));
      for (var gate : List.of("none", "warn", "fail")) {
        pipelines.gate(gate, gate);
      }
    }

    static Stream<Arguments> ways() {
      return Stream.of(
          argumentSet("a report of the pipeline", new ReportOfThePipeline()),
          argumentSet("a report of a tracker's client", new ReportOfTheTracker()),
          argumentSet("the outcome of a worker", new OutcomeOfAWorker()),
          argumentSet("outcomes of many workers", new OutcomeInABatch()),
          argumentSet("the status of an executor", new StatusOfAnExecutor()),
          argumentSet("an event of an executor", new EventOfAnExecutor()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aGateThatIsNoneLetsItSucceed(Way way) {
      var run = ended(way, "none", false);

      assertThat(pipelines.status(run)).isEqualTo("completed");
      assertThat(pipelines.event(run, "run.succeeded").at("/details/reason").isMissingNode())
          .isTrue();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aGateThatWarnsLetsItSucceedAndTells(Way way) {
      var run = ended(way, "warn", false);

      assertThat(pipelines.status(run)).isEqualTo("completed");
      assertThat(pipelines.event(run, "run.succeeded").at("/details/reason").asString())
          .contains("contract warn failed");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aGateThatFailsMakesItFail(Way way) {
      var run = ended(way, "fail", false);

      assertThat(pipelines.status(run)).isEqualTo("failed");
      var shown = pipelines.client().get("/v1/runs/" + run).is(200);
      assertThat(shown.textAt("/state")).isEqualTo("failed");
      assertThat(shown.text()).contains("contract fail failed").contains("verdict");
      assertThat(pipelines.event(run, "run.failed").at("/details/reason").asString())
          .contains("contract fail failed");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aValidationThatPassesShutsNoGate(Way way) {
      assertThat(pipelines.status(ended(way, "fail", true))).isEqualTo("completed");
    }

    @Test
    void onlyTheLastValidationOfAContractAndSchemaCounts() {
      var run = pipelines.run("fail", "repaired");
      pipelines.validate(run, "fail", false);
      pipelines.validate(run, "fail", true);
      assertThat(pipelines.edit(run, "{'status':'completed'}").is(200).textAt("/status"))
          .isEqualTo("completed");

      var broken = pipelines.run("fail", "broken");
      pipelines.validate(broken, "fail", true);
      pipelines.validate(broken, "fail", false);
      assertThat(pipelines.edit(broken, "{'status':'completed'}").is(200).textAt("/status"))
          .isEqualTo("failed");
    }

    @Test
    void aRunThatTheGateFailedIsToldSoAgainAndAgain() {
      var run = pipelines.run("fail", "insistent");
      pipelines.validate(run, "fail", false);
      var failed = pipelines.edit(run, "{'status':'completed'}").is(200);

      assertThat(pipelines.edit(run, "{'status':'completed'}").is(200).text())
          .isEqualTo(failed.text());
      assertThat(pipelines.edit(run, "{'status':'failed'}").is(200).textAt("/status"))
          .isEqualTo("failed");
      pipelines.edit(run, "{'status':'running'}").is(409);
    }

    private String ended(Way way, String contract, boolean passes) {
      var run = way.begin(this);
      pipelines.validate(run, contract, passes);
      way.succeed(this, run);
      return run;
    }
  }

  private static final class ReportOfThePipeline implements Way {
    @Override
    public String begin(Contract contract) {
      return contract.pipelines.run("orders", "reported");
    }

    @Override
    public void succeed(Contract contract, String run) {
      contract.pipelines.edit(run, "{'status':'completed'}").is(200);
    }
  }

  private static final class ReportOfTheTracker implements Way {
    @Override
    public String begin(Contract contract) {
      return contract
          .pipelines
          .client()
          .post(
              "/v1/runs",
              "{'organizationId':'%s','serviceName':'etl','taskName':'load'}",
              contract.pipelines.organization())
          .is(201)
          .id();
    }

    @Override
    public void succeed(Contract contract, String run) {
      contract.pipelines.client().patch("/v1/runs/" + run, "{'status':'completed'}").is(200);
    }
  }

  private static class OutcomeOfAWorker implements Way {
    @Override
    public final String begin(Contract contract) {
      return contract
          .pipelines
          .client()
          .post("/v1/runs", "{'kind':'etl.load','input':{}}")
          .is(201)
          .id();
    }

    @Override
    public final void succeed(Contract contract, String run) {
      var client = contract.pipelines.client();
      var claimed =
          client.post("/v1/runs:claim", "{'workerId':'%s','kinds':['etl.load']}", WORKER).is(200);
      assertThat(claimed.textAt("/runs/0/id")).isEqualTo(run);
      report(
          client,
          run,
          "'workerId':'%s','attempt':1,'leaseToken':'%s'"
              .formatted(WORKER, claimed.textAt("/runs/0/lease/leaseToken")));
    }

    void report(Client client, String run, String lease) {
      client.post("/v1/runs/%s:succeed".formatted(run), "{" + lease + "}").is(200);
    }
  }

  private static final class OutcomeInABatch extends OutcomeOfAWorker {
    @Override
    void report(Client client, String run, String lease) {
      client
          .post("/v1/runs:succeed", "{'items':[{'id':'%s',%s}]}", run, lease.replace('\'', '"'))
          .is(200);
    }
  }

  private static class StatusOfAnExecutor implements Way {
    @Override
    public final String begin(Contract contract) {
      var name = "r" + UUID.randomUUID().toString().substring(0, 8);
      contract.calls.create(name, "etl." + name);
      contract.calls.status(name, "a0", ActionPhase.ACTION_PHASE_RUNNING);
      return contract
          .pipelines
          .client()
          .get("/v1/runs?limit=100")
          .is(200)
          .at("/runs")
          .valueStream()
          .filter(run -> run.at("/taskName").asString().equals("etl." + name))
          .map(run -> run.at("/id").asString())
          .findFirst()
          .orElseThrow();
    }

    @Override
    public final void succeed(Contract contract, String run) {
      var task = contract.pipelines.client().get("/v1/runs/" + run).is(200).textAt("/taskName");
      report(contract.calls, task.substring("etl.".length()));
    }

    void report(RunCalls calls, String name) {
      assertThat(calls.status(name, "a0", ActionPhase.ACTION_PHASE_SUCCEEDED).getCode()).isZero();
    }
  }

  private static final class EventOfAnExecutor extends StatusOfAnExecutor {
    @Override
    void report(RunCalls calls, String name) {
      var event = calls.event(name, "a0", ActionPhase.ACTION_PHASE_SUCCEEDED, 2).build();
      assertThat(calls.events(event).getCode()).isZero();
    }
  }
}
