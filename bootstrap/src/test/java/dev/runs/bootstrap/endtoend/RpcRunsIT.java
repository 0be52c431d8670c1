package dev.runs.bootstrap.endtoend;

import static dev.runs.bootstrap.endtoend.RunCalls.at;
import static dev.runs.bootstrap.endtoend.RunCalls.limit;
import static dev.runs.bootstrap.endtoend.RunCalls.refused;
import static dev.runs.bootstrap.endtoend.RunCalls.runNames;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.adapters.rpc.wire.common.OffloadedInputData;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.common.TriggerName;
import dev.runs.adapters.rpc.wire.core.Container;
import dev.runs.adapters.rpc.wire.core.Identifier;
import dev.runs.adapters.rpc.wire.core.KeyValuePair;
import dev.runs.adapters.rpc.wire.core.Literal;
import dev.runs.adapters.rpc.wire.core.LogContext;
import dev.runs.adapters.rpc.wire.core.Parameter;
import dev.runs.adapters.rpc.wire.core.Primitive;
import dev.runs.adapters.rpc.wire.core.Scalar;
import dev.runs.adapters.rpc.wire.core.SimpleType;
import dev.runs.adapters.rpc.wire.core.TaskTemplate;
import dev.runs.adapters.rpc.wire.task.Cron;
import dev.runs.adapters.rpc.wire.task.Environment;
import dev.runs.adapters.rpc.wire.task.Envs;
import dev.runs.adapters.rpc.wire.task.Inputs;
import dev.runs.adapters.rpc.wire.task.Labels;
import dev.runs.adapters.rpc.wire.task.NamedLiteral;
import dev.runs.adapters.rpc.wire.task.NamedParameter;
import dev.runs.adapters.rpc.wire.task.OutputReferences;
import dev.runs.adapters.rpc.wire.task.RunSpec;
import dev.runs.adapters.rpc.wire.task.Schedule;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.task.TriggerAutomationSpec;
import dev.runs.adapters.rpc.wire.task.TriggerAutomationSpecType;
import dev.runs.adapters.rpc.wire.trigger.DeployTriggerRequest;
import dev.runs.adapters.rpc.wire.trigger.DeployTriggerResponse;
import dev.runs.adapters.rpc.wire.trigger.TriggerDetails;
import dev.runs.adapters.rpc.wire.trigger.TriggerSpec;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunResponse;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.EventPayload;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextResponse;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.RunSource;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What clients of the RunService do with runs: make them, look at them, end them; and that these
 * are the same runs as those of the REST surface.
 */
@Timeout(180)
final class RpcRunsIT {

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

    private RunCalls calls;
    private Tracker tracker;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation) {
      this.installation = installation;
    }

    @BeforeAll
    void startAServer() throws IOException {
      var server = installation.start();
      calls = RunCalls.of(server);
      var organization =
          server
              .client()
              .post("/v1/organizations", "{'externalId':'%s'}", RunCalls.ORGANIZATION)
              .id();
      tracker = new Tracker(server.client(), organization);
    }

    // ---- CreateRun

    @Test
    void aRunIsShownAsItWasMade() {
      var spec =
          RunSpec.newBuilder()
              .setLabels(Labels.newBuilder().putValues("team", "data"))
              .setEnvs(
                  Envs.newBuilder()
                      .addValues(KeyValuePair.newBuilder().setKey("MODE").setValue("fast")))
              .setQueue("large")
              .build();
      var made =
          calls.create(
              CreateRunRequest.newBuilder()
                  .setRunId(calls.runId("made"))
                  .setTaskSpec(taskSpec())
                  .setInputs(Inputs.newBuilder().addLiterals(literal("day", "monday")))
                  .setRunSpec(spec)
                  .setSource(RunSource.RUN_SOURCE_CLI)
                  .setRunStartTime(at(0)));

      var action = made.getAction();
      assertThat(action.getId()).isEqualTo(calls.actionId("made", "a0"));
      assertThat(made.getLabelsMap()).isEqualTo(Map.of("team", "data"));
      assertThat(action.getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_QUEUED);
      assertThat(action.getStatus().getAttempts()).isOne();
      assertThat(action.getStatus().getStartTime()).isEqualTo(at(0));
      assertThat(action.getStatus().hasEndTime()).isFalse();
      var metadata = action.getMetadata();
      assertThat(metadata.getParent()).isEmpty();
      assertThat(metadata.getSource()).isEqualTo(RunSource.RUN_SOURCE_CLI);
      assertThat(metadata.getExecutedBy().getApplication().getId().getSubject())
          .isEqualTo("key:configured");
      assertThat(metadata.getEnvironmentName()).isEqualTo("etl");
      assertThat(metadata.getFuntionName()).isEqualTo("load");
      assertThat(metadata.getTask().getId().getName()).isEqualTo("etl.load");
      assertThat(metadata.getTask().getId().getVersion()).isEqualTo("v7");
      assertThat(metadata.getTask().getTaskType()).isEqualTo("python");
      assertThat(metadata.getTask().getShortName()).isEqualTo("load");
      var details = calls.run("made");
      assertThat(details.getRunSpec()).isEqualTo(spec);
      assertThat(details.getAction().getTask()).isEqualTo(taskSpec());
      assertThat(details.getAction().getMetadata()).isEqualTo(metadata);
      assertThat(details.getAction().getStatus()).isEqualTo(action.getStatus());
      assertThat(details.getAction()).isEqualTo(calls.action("made", "a0"));
      assertThat(calls.data("made", "a0").getInputs().getLiteralsList())
          .as("with the defaults of its task")
          .containsExactly(literal("day", "monday"), literal("zone", "utc"));
      assertThat(calls.data("made", "a0").getOutputs().getLiteralsList()).isEmpty();
    }

    private static TaskSpec taskSpec() {
      return TaskSpec.newBuilder()
          .setTaskTemplate(
              TaskTemplate.newBuilder()
                  .setType("python")
                  .setId(
                      Identifier.newBuilder()
                          .setOrg(RunCalls.ORGANIZATION)
                          .setProject("tasks")
                          .setDomain("staging")
                          .setName("etl.load")
                          .setVersion("v7"))
                  .setContainer(Container.newBuilder().setImage("alpine:latest")))
          .setShortName("load")
          .setEnvironment(Environment.newBuilder().setName("etl"))
          .addDefaultInputs(parameter("day", "sunday"))
          .addDefaultInputs(parameter("zone", "utc"))
          .build();
    }

    private static NamedParameter parameter(String name, String value) {
      return NamedParameter.newBuilder()
          .setName(name)
          .setParameter(Parameter.newBuilder().setDefault(literal(name, value).getValue()))
          .build();
    }

    private static NamedLiteral literal(String name, String value) {
      return NamedLiteral.newBuilder()
          .setName(name)
          .setValue(
              Literal.newBuilder()
                  .setScalar(
                      Scalar.newBuilder()
                          .setPrimitive(Primitive.newBuilder().setStringValue(value))))
          .build();
    }

    @Test
    void aRunWithoutANameGetsOne() {
      var made =
          calls.create(
              CreateRunRequest.newBuilder()
                  .setProjectId(calls.projectId())
                  .setTaskId(calls.taskId("etl.load")));

      var id = made.getAction().getId().getRun();
      assertThat(id.getName()).matches("[a-z][a-z0-9]{19}");
      assertThat(id.getOrg()).isEqualTo(RunCalls.ORGANIZATION);
      assertThat(id.getProject()).isEqualTo("flytesnacks");
      assertThat(calls.run(id.getName()).getAction().getMetadata().getTask().getId())
          .isEqualTo(calls.taskId("etl.load"));
    }

    @Test
    void aNameIsUsedOnceInItsProjectAndDomain() {
      calls.create("once", "etl.load");

      refused("already_exists", () -> calls.create("once", "etl.load"));
      calls.in("another").create("once", "etl.load");
      calls.create(
          CreateRunRequest.newBuilder()
              .setRunId(calls.runId("once").toBuilder().setDomain("production"))
              .setTaskId(calls.taskId("etl.load")));
      calls.abort("once", "enough");
      refused("already_exists", () -> calls.create("once", "etl.load"));
    }

    @Test
    void aProjectIsMadeOnItsFirstUse() {
      calls.in("made-for-a-run").create("first", "etl.load");

      assertThat(
              tracker
                  .client()
                  .with("X-Organization-Id", tracker.organization())
                  .get("/v1/projects/made-for-a-run")
                  .is(200)
                  .textAt("/slug"))
          .isEqualTo("made-for-a-run");
      refused("invalid_argument", () -> calls.in("Not A Project").create("first", "etl.load"))
          .withMessageContaining("project");
    }

    @Test
    void inputsMayLieElsewhere() {
      calls.create(
          CreateRunRequest.newBuilder()
              .setRunId(calls.runId("offloaded"))
              .setTaskId(calls.taskId("etl.load"))
              .setOffloadedInputData(
                  OffloadedInputData.newBuilder().setUri("s3://in").setInputsHash("hash")));

      assertThat(uris("offloaded").getInputsUri()).isEqualTo("s3://in");
      assertThat(calls.data("offloaded", "a0").getInputs().getLiteralsList()).isEmpty();
    }

    @Test
    void labelsHaveALimit() {
      var most = Labels.newBuilder();
      for (var number = 0; number < 100; number++) {
        most.putValues("k" + number, "v".repeat(255));
      }
      var request =
          CreateRunRequest.newBuilder()
              .setRunId(calls.runId("labelled"))
              .setTaskId(calls.taskId("etl.load"));
      assertThat(calls.create(request.clone().setRunSpec(RunSpec.newBuilder().setLabels(most))))
          .satisfies(run -> assertThat(run.getLabelsCount()).isEqualTo(100));
      var other = request.clone().setRunId(calls.runId("overlabelled"));
      refused(
          "invalid_argument",
          () ->
              calls.create(
                  other
                      .clone()
                      .setRunSpec(
                          RunSpec.newBuilder().setLabels(most.clone().putValues("k", "v")))));
      refused(
          "invalid_argument",
          () ->
              calls.create(
                  other
                      .clone()
                      .setRunSpec(
                          RunSpec.newBuilder()
                              .setLabels(Labels.newBuilder().putValues("k", "v".repeat(256))))));
    }

    @Test
    void aTriggerThatIsKeptStartsItsTask() {
      var name =
          TriggerName.newBuilder()
              .setOrg(RunCalls.ORGANIZATION)
              .setProject("flytesnacks")
              .setDomain(RunCalls.DOMAIN)
              .setName("every night")
              .setTaskName("etl.nightly")
              .build();
      var automation =
          TriggerAutomationSpec.newBuilder()
              .setType(TriggerAutomationSpecType.TYPE_SCHEDULE)
              .setSchedule(
                  Schedule.newBuilder().setCron(Cron.newBuilder().setExpression("0 3 * * *")))
              .build();
      var deploying =
          DeployTriggerRequest.newBuilder()
              .setName(name)
              .setSpec(
                  TriggerSpec.newBuilder()
                      .setTaskVersion("v3")
                      .setInputs(Inputs.newBuilder().addLiterals(literal("day", "monday")))
                      .setRunSpec(RunSpec.newBuilder().setQueue("slow")))
              .setAutomationSpec(automation);
      var request =
          CreateRunRequest.newBuilder()
              .setRunId(calls.runId("triggered"))
              .setTriggerName(name)
              .setSource(RunSource.RUN_SOURCE_SCHEDULE_TRIGGER);
      refused("not_found", () -> calls.create(request.clone()))
          .withMessageContaining("every night");

      assertThat(deploy(deploying).getId().getRevision()).isOne();
      assertThat(deploy(deploying.clone().setRevision(1)).getId().getRevision()).isEqualTo(2);
      refused("failed_precondition", () -> deploy(deploying.clone().setRevision(1)))
          .withMessageContaining("revision 2");
      calls.create(request.clone());

      var details = calls.run("triggered");
      var metadata = details.getAction().getMetadata();
      assertThat(metadata.getTriggerId().getName()).isEqualTo(name);
      assertThat(metadata.getTriggerId().getRevision()).isEqualTo(2);
      assertThat(metadata.getTriggerName()).isEqualTo("every night");
      assertThat(metadata.getTriggerType()).isEqualTo(automation);
      assertThat(metadata.getTask().getId().getName()).isEqualTo("etl.nightly");
      assertThat(metadata.getTask().getId().getVersion()).isEqualTo("v3");
      assertThat(details.getRunSpec().getQueue()).isEqualTo("slow");
      assertThat(calls.data("triggered", "a0").getInputs().getLiteralsList())
          .containsExactly(literal("day", "monday"));
      assertThat(
              runNames(calls.list(ListRunsRequest.newBuilder().setTriggerName(name)).getRunsList()))
          .containsExactly("triggered");
      for (var filter :
          List.of(
              RunCalls.filter("trigger_name", Filter.Function.EQUAL, "every night"),
              RunCalls.filter("trigger_task_name", Filter.Function.EQUAL, "etl.nightly"),
              RunCalls.filter("trigger_revision", Filter.Function.EQUAL, "2"),
              RunCalls.filter("trigger_type", Filter.Function.EQUAL, "TYPE_SCHEDULE"))) {
        assertThat(runNames(calls.runs(limit(10).addFilters(filter)).getRunsList()))
            .as(filter.toString())
            .containsExactly("triggered");
      }
    }

    private TriggerDetails deploy(DeployTriggerRequest.Builder request) {
      return calls
          .client()
          .call(
              "flyteidl2.trigger.TriggerService",
              "DeployTrigger",
              request.build(),
              DeployTriggerResponse.getDefaultInstance())
          .getTrigger();
    }

    // ---- what is told of actions

    @Test
    void outputsAreToldOnceItHasSucceeded() {
      calls.create("giving", "etl.load");
      var running = calls.event("giving", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1);
      calls.events(
          running.setOutputs(OutputReferences.newBuilder().setOutputUri("s3://out")).build());
      assertThat(uris("giving").getOutputsUri()).isEmpty();

      calls.status("giving", "a0", ActionPhase.ACTION_PHASE_SUCCEEDED);

      assertThat(uris("giving").getOutputsUri()).isEqualTo("s3://out");
    }

    private GetActionDataURIsResponse uris(String run) {
      return calls
          .client()
          .call(
              "GetActionDataURIs",
              GetActionDataURIsRequest.newBuilder().setActionId(calls.actionId(run, "a0")).build(),
              GetActionDataURIsResponse.getDefaultInstance());
    }

    @Test
    void theLogContextOfAnAttemptIsTold() {
      calls.create("logged", "etl.load");
      var context = LogContext.newBuilder().setPrimaryPodName("pod-1").build();
      calls.events(
          calls
              .event("logged", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1)
              .setCluster("east")
              .setLogContext(context)
              .build(),
          calls.event("logged", "a0", ActionPhase.ACTION_PHASE_RUNNING, 2).setAttempt(2).build());

      var told = logContext("logged", 1);
      assertThat(told.getLogContext()).isEqualTo(context);
      assertThat(told.getCluster()).isEqualTo("east");
      assertThat(told.getStartTime()).isEqualTo(at(1));
      refused("not_found", () -> logContext("logged", 2)).withMessageContaining("log context");
      refused("not_found", () -> logContext("logged", 3)).withMessageContaining("attempt 3");
    }

    private GetActionLogContextResponse logContext(String run, int attempt) {
      return calls
          .client()
          .call(
              "GetActionLogContext",
              GetActionLogContextRequest.newBuilder()
                  .setActionId(calls.actionId(run, "a0"))
                  .setAttempt(attempt)
                  .build(),
              GetActionLogContextResponse.getDefaultInstance());
    }

    // ---- aborts

    @Test
    void anAbortGoesDownTheTreeWithItsReasonAndWhoDidIt() {
      plant("aborted");
      calls.status("aborted", "done", ActionPhase.ACTION_PHASE_SUCCEEDED);
      var done = calls.action("aborted", "done");

      calls.abort("aborted", "enough");

      for (var name : List.of("a0", "child", "grandchild")) {
        var details = calls.action("aborted", name);
        assertThat(details.getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
        assertThat(details.getStatus().hasEndTime()).isTrue();
        assertThat(details.getAbortInfo().getReason()).isEqualTo("enough");
        assertThat(details.getAbortInfo().getAbortedBy().getApplication().getId().getSubject())
            .isEqualTo("key:configured");
      }
      assertThat(calls.action("aborted", "done")).as("it had ended before").isEqualTo(done);
      var before = calls.run("aborted");
      calls.abort("aborted", "again");
      assertThat(calls.run("aborted")).isEqualTo(before);
    }

    @Test
    void anActionIsAbortedWithWhatIsBelowItAlone() {
      plant("pruned");

      calls.abortAction("pruned", "child", "");

      assertThat(calls.phase("pruned", "a0")).isEqualTo(ActionPhase.ACTION_PHASE_QUEUED);
      assertThat(calls.phase("pruned", "done")).isEqualTo(ActionPhase.ACTION_PHASE_QUEUED);
      for (var name : List.of("child", "grandchild")) {
        assertThat(calls.action("pruned", name).getAbortInfo().getReason())
            .isEqualTo("User requested abort");
      }
    }

    @Test
    void whatHasEndedStaysAsItEndedWhateverIsAborted() {
      calls.create("finished", "etl.load");
      calls.status("finished", "a0", ActionPhase.ACTION_PHASE_SUCCEEDED);
      var before = calls.run("finished");

      calls.abort("finished", "too late");
      calls.abortAction("finished", "a0", "too late");

      assertThat(calls.run("finished")).isEqualTo(before);
    }

    private void plant(String run) {
      calls.create(run, "etl.load");
      calls.record(run, "child", "a0");
      calls.record(run, "grandchild", "child");
      calls.record(run, "done", "a0");
    }

    // ---- conditions

    @Test
    void aConditionIsSignalledOnceByAValueOfItsType() {
      calls.create("signalled", "etl.load");
      var payloads =
          Map.of(
              SimpleType.BOOLEAN, EventPayload.newBuilder().setBoolValue(true),
              SimpleType.INTEGER, EventPayload.newBuilder().setIntValue(7),
              SimpleType.FLOAT, EventPayload.newBuilder().setFloatValue(0.5),
              SimpleType.STRING, EventPayload.newBuilder().setStringValue("yes"));
      payloads.forEach((type, payload) -> {
        var name = "c-" + type.getNumber();
        calls.recordCondition("signalled", name, type);
        assertThat(calls.phase("signalled", name)).isEqualTo(ActionPhase.ACTION_PHASE_PAUSED);
        payloads.forEach((other, value) -> {
          if (other != type) {
            refused("invalid_argument", () -> calls.signal("signalled", name, value));
          }
        });

        calls.signal("signalled", name, payload);
        calls.signal("signalled", name, payload);

        var details = calls.action("signalled", name);
        assertThat(details.getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
        assertThat(details.getSignalInfo().getSignalledBy().hasApplication()).isTrue();
        assertThat(calls.data("signalled", name).getOutputs().getLiterals(0).getValue())
            .isEqualTo(details.getSignalInfo().getOutput());
      });
      refused(
          "failed_precondition",
          () ->
              calls.signal(
                  "signalled",
                  "c-" + SimpleType.STRING_VALUE,
                  EventPayload.newBuilder().setStringValue("no")));
    }

    @Test
    void whatIsNoConditionOrHasEndedTakesNoSignal() {
      calls.create("unsignalled", "etl.load");
      calls.recordCondition("unsignalled", "gone", SimpleType.BOOLEAN);
      calls.abortAction("unsignalled", "gone", "");
      var yes = EventPayload.newBuilder().setBoolValue(true);

      refused("failed_precondition", () -> calls.signal("unsignalled", "a0", yes));
      refused("failed_precondition", () -> calls.signal("unsignalled", "gone", yes));
    }

    // ---- the REST surface

    @Test
    void aRunOfTheRunServiceIsARunOfTheRestSurface() {
      var rest = calls.in("shared");
      rest.create("seen", "shared.load");
      rest.record("seen", "child", "a0");
      rest.record("seen", "grandchild", "child");

      var id = rootAtRest("shared.load");
      assertThat(tracker.show(id).is(200).textAt("/serviceName")).isEqualTo("flyte");
      assertThat(tracker.below(id).values())
          .extracting(run -> run.at("/taskName").asString())
          .containsExactly("etl.child", "etl.grandchild");

      tracker.price("token", "0.5");
      var grandchild = List.copyOf(tracker.below(id).keySet()).getLast();
      tracker.book(id, "token", 2).is(201);
      tracker.book(grandchild, "token", 4).is(201);
      tracker.awaitFolded();
      assertThat(tracker.show(id).decimalAt("/ownCostInUsdCents")).isEqualByComparingTo("1");
      assertThat(tracker.show(id).decimalAt("/totalCostInUsdCents")).isEqualByComparingTo("3");

      tracker.client().post("/v1/runs/" + id + ":cancel", "{'reason':'too dear'}").is(200);
      for (var name : List.of("a0", "child", "grandchild")) {
        Await.until(
            () -> rest.phase("seen", name), phase -> phase == ActionPhase.ACTION_PHASE_ABORTED);
      }
      var info = rest.action("seen", "a0").getAbortInfo();
      assertThat(info.getReason()).isEqualTo("too dear");
      assertThat(info.getAbortedBy().getApplication().getId().getSubject())
          .isEqualTo("key:configured");
    }

    @Test
    void aRunThatIsAbortedHereIsCanceledThere() {
      var rest = calls.in("shared-too");
      rest.create("stopped", "shared.stop");
      var id = rootAtRest("shared.stop");

      rest.abort("stopped", "enough");

      assertThat(tracker.show(id).is(200).textAt("/state")).isEqualTo("canceled");
    }

    @Test
    void aRunOfTheRestSurfaceIsARunOfTheRunService() throws IOException {
      var root =
          tracker
              .client()
              .post(
                  "/v1/runs",
                  "{'organizationId':'%s','serviceName':'crawler','taskName':'rest.root'}",
                  tracker.organization())
              .is(201)
              .id();
      var child = tracker.child(root);
      var run = runHere("rest.root");

      try (var stream =
          open(
              "WatchActions",
              WatchActionsRequest.newBuilder().setRunId(run).build(),
              WatchActionsResponse.getDefaultInstance())) {
        assertThat(stream.next().orElseThrow().getEnrichedActionsList())
            .extracting(it -> it.getAction().getMetadata().getTask().getId().getName())
            .containsExactly("rest.root", "page");
        tracker.client().patch("/v1/runs/" + child, "{'status':'completed'}").is(200);
        tracker.client().patch("/v1/runs/" + root, "{'status':'failed'}").is(200);
        var phase = ActionPhase.ACTION_PHASE_UNSPECIFIED;
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
          for (var told : next.get().getEnrichedActionsList()) {
            if (told.getAction().getId().getName().equals("a0")) {
              phase = told.getAction().getStatus().getPhase();
            }
          }
        }
        assertThat(phase).isEqualTo(ActionPhase.ACTION_PHASE_FAILED);
      }
    }

    @Test
    void aRunOfTheRestSurfaceIsAbortedFromHere() {
      var root =
          tracker
              .client()
              .post(
                  "/v1/runs",
                  "{'organizationId':'%s','serviceName':'crawler','taskName':'rest.stopped'}",
                  tracker.organization())
              .is(201)
              .id();
      var run = runHere("rest.stopped");

      calls
          .client()
          .call(
              "AbortRun",
              AbortRunRequest.newBuilder().setRunId(run).build(),
              AbortRunResponse.getDefaultInstance());

      assertThat(tracker.show(root).is(200).textAt("/state")).isEqualTo("canceled");
    }

    @Test
    void aStatusOfARunThatAWorkerExecutesIsRefused() {
      var root =
          tracker
              .client()
              .post("/v1/runs", "{'organizationId':'%s','kind':'crawl'}", tracker.organization())
              .is(201)
              .id();
      // of what is live the newest comes first
      var run =
          calls
              .list(ListRunsRequest.newBuilder().setOrg(RunCalls.ORGANIZATION).setRequest(limit(1)))
              .getRuns(0)
              .getAction()
              .getId()
              .getRun();

      assertThat(tracker.show(root).is(200).textAt("/state")).isEqualTo("queued");
      var told =
          calls
              .client()
              .call(
                  RunCalls.INTERNAL,
                  "UpdateActionStatus",
                  UpdateActionStatusRequest.newBuilder()
                      .setActionId(ActionIdentifier.newBuilder().setRun(run).setName("a0"))
                      .setStatus(
                          ActionStatus.newBuilder()
                              .setPhase(ActionPhase.ACTION_PHASE_SUCCEEDED)
                              .setAttempts(1))
                      .build(),
                  UpdateActionStatusResponse.getDefaultInstance());
      assertThat(told.getStatus().getCode()).isNotZero();
      assertThat(tracker.show(root).is(200).textAt("/state")).isEqualTo("queued");
    }

    /** The id that the REST surface has for the only run of a task. */
    private String rootAtRest(String task) {
      return tracker
          .client()
          .get("/v1/runs?limit=200&organizationId=" + tracker.organization())
          .is(200)
          .at("/runs")
          .valueStream()
          .filter(run -> run.at("/taskName").asString().equals(task))
          .map(run -> run.at("/id").asString())
          .findFirst()
          .orElseThrow();
    }

    /** The name that the RunService has for the only run of a task. */
    private RunIdentifier runHere(String task) {
      return calls
          .list(
              ListRunsRequest.newBuilder()
                  .setOrg(RunCalls.ORGANIZATION)
                  .setRequest(
                      limit(1)
                          .addFilters(RunCalls.filter("task_name", Filter.Function.EQUAL, task))))
          .getRuns(0)
          .getAction()
          .getId()
          .getRun();
    }

    private <A extends Message> RpcClient.Stream<A> open(String method, Message request, A empty) {
      return calls.client().open(method, request, empty);
    }
  }
}
