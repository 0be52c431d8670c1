package dev.runs.bootstrap.endtoend;

import static dev.runs.bootstrap.endtoend.RunCalls.EVENTS;
import static dev.runs.bootstrap.endtoend.RunCalls.INTERNAL;
import static dev.runs.bootstrap.endtoend.RunCalls.STATE;
import static dev.runs.bootstrap.endtoend.RunCalls.TRACKED;
import static dev.runs.bootstrap.endtoend.RunCalls.actionNames;
import static dev.runs.bootstrap.endtoend.RunCalls.at;
import static dev.runs.bootstrap.endtoend.RunCalls.limit;
import static dev.runs.bootstrap.endtoend.RunCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.core.CatalogCacheStatus;
import dev.runs.adapters.rpc.wire.core.TaskLog;
import dev.runs.adapters.rpc.wire.core.TaskTemplate;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.task.TraceSpec;
import dev.runs.adapters.rpc.wire.workflow.ActionAttempt;
import dev.runs.adapters.rpc.wire.workflow.ActionEvent;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.ClusterEvent;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.CreateTrackedRunRequest;
import dev.runs.adapters.rpc.wire.workflow.ErrorInfo;
import dev.runs.adapters.rpc.wire.workflow.GetRequest;
import dev.runs.adapters.rpc.wire.workflow.GetResponse;
import dev.runs.adapters.rpc.wire.workflow.PhaseTransition;
import dev.runs.adapters.rpc.wire.workflow.PutRequest;
import dev.runs.adapters.rpc.wire.workflow.PutResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventStreamRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventStreamResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionStreamRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionStreamResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordResponse;
import dev.runs.adapters.rpc.wire.workflow.ReportTrackedActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ReportTrackedActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.RunSource;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.adapters.rpc.wire.workflow.TraceAction;
import dev.runs.adapters.rpc.wire.workflow.TrackedActionUpdate;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusResponse;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusStreamRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusStreamResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What executors report, by each of the services that hear them: once, again, late, and before what
 * they report on is there.
 */
@Timeout(180)
final class RpcReportsIT {

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

    private static final Status OK = Status.getDefaultInstance();

    @RegisterExtension final OncePerClass installation;

    private Server server;
    private RunCalls calls;
    private int teams;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation) {
      this.installation = installation;
    }

    @BeforeAll
    void startAServer() throws IOException {
      server = installation.start();
      calls = RunCalls.of(server);
    }

    // ---- InternalRunService

    @Test
    void anActionThatIsRecordedAgainStaysAsItIs() {
      calls.create("recorded", "etl.load");
      assertThat(calls.record("recorded", "task", "a0")).isEqualTo(OK);
      calls.status("recorded", "task", ActionPhase.ACTION_PHASE_RUNNING);
      var before = calls.action("recorded", "task");

      assertThat(calls.record("recorded", "task", "a0")).isEqualTo(OK);
      assertThat(
              calls.record(
                  "recorded",
                  "task",
                  RecordActionRequest.newBuilder()
                      .setParent("a0")
                      .setGroup("another")
                      .setTask(TaskAction.newBuilder().setId(calls.taskId("etl.other")))))
          .isEqualTo(OK);

      assertThat(calls.action("recorded", "task")).isEqualTo(before);
      assertThat(actionNames(calls.actions("recorded", limit(10)))).containsOnly("a0", "task");
    }

    @Test
    void aReportThatMeansNothingIsRefusedWithinItsAnswer() {
      calls.create("refusing", "etl.load");

      assertThat(calls.record("refusing", "task", RecordActionRequest.newBuilder().setParent("a0")))
          .satisfies(status -> assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE))
          .satisfies(status -> assertThat(status.getMessage()).contains("spec"));
      assertThat(
              calls
                  .client()
                  .call(
                      INTERNAL,
                      "RecordAction",
                      RecordActionRequest.getDefaultInstance(),
                      RecordActionResponse.getDefaultInstance())
                  .getStatus()
                  .getCode())
          .isEqualTo(Code.INVALID_ARGUMENT_VALUE);
      assertThat(
              calls
                  .client()
                  .call(
                      INTERNAL,
                      "UpdateActionStatus",
                      UpdateActionStatusRequest.newBuilder()
                          .setActionId(calls.actionId("refusing", "a0"))
                          .build(),
                      UpdateActionStatusResponse.getDefaultInstance())
                  .getStatus()
                  .getMessage())
          .contains("status.phase");
      assertThat(calls.events(ActionEvent.getDefaultInstance()).getCode())
          .isEqualTo(Code.INVALID_ARGUMENT_VALUE);
      assertThat(calls.record("refusing", "n".repeat(31), "a0"))
          .satisfies(status -> assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE));
    }

    @Test
    void whatBelongsToAnotherOrganizationIsDeniedWithinTheAnswer() {
      calls.create("denied", "etl.load");
      var stranger = calls.with(calls.client().with(keyOf("other")));

      assertThat(stranger.record("denied", "task", "a0").getCode())
          .isEqualTo(Code.PERMISSION_DENIED_VALUE);
      assertThat(stranger.status("denied", "a0", ActionPhase.ACTION_PHASE_RUNNING).getCode())
          .isEqualTo(Code.PERMISSION_DENIED_VALUE);
      var event = stranger.event("denied", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1).build();
      assertThat(stranger.events(event).getCode()).isEqualTo(Code.PERMISSION_DENIED_VALUE);
      refused("permission_denied", () -> proxied(stranger, event));
      refused("permission_denied", () -> report(stranger, "denied", update("a0", event)));
      assertThat(put(stranger, "denied", "a0", "PHASE_RUNNING").getCode())
          .isEqualTo(Code.PERMISSION_DENIED_VALUE);

      assertThat(calls.phase("denied", "a0")).isEqualTo(ActionPhase.ACTION_PHASE_QUEUED);
    }

    @Test
    void anExecutorNamesNoOrganizationAndActsInThatOfItsKey() {
      calls.create("nameless", "etl.load");
      var key = keyOf(RunCalls.ORGANIZATION);
      var executor = calls.client().with(key);
      var run = calls.runId("nameless").toBuilder().clearOrg().build();
      var task = ActionIdentifier.newBuilder().setRun(run).setName("task").build();

      assertThat(
              executor
                  .call(
                      INTERNAL,
                      "RecordAction",
                      RecordActionRequest.newBuilder()
                          .setActionId(task)
                          .setParent("a0")
                          .setTask(TaskAction.newBuilder().setId(calls.taskId("etl.task")))
                          .build(),
                      RecordActionResponse.getDefaultInstance())
                  .getStatus())
          .isEqualTo(OK);
      proxied(
          calls.with(executor),
          calls.event("nameless", "task", ActionPhase.ACTION_PHASE_RUNNING, 1).setId(task).build());

      assertThat(calls.phase("nameless", "task")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(calls.action("nameless", "task").getId().getRun().getOrg())
          .isEqualTo(RunCalls.ORGANIZATION);
    }

    @Test
    void aStatusThatComesLateOrAgainChangesNothing() {
      calls.create("late", "etl.load");
      calls.record("late", "task", "a0");
      assertThat(calls.status("late", "task", ActionPhase.ACTION_PHASE_RUNNING)).isEqualTo(OK);
      var running = calls.action("late", "task");
      assertThat(calls.status("late", "task", ActionPhase.ACTION_PHASE_QUEUED)).isEqualTo(OK);
      assertThat(calls.status("late", "task", ActionPhase.ACTION_PHASE_INITIALIZING)).isEqualTo(OK);
      assertThat(calls.status("late", "task", ActionPhase.ACTION_PHASE_RUNNING)).isEqualTo(OK);
      assertThat(calls.action("late", "task")).isEqualTo(running);

      calls.status("late", "task", ActionPhase.ACTION_PHASE_SUCCEEDED);
      var succeeded = calls.action("late", "task");
      assertThat(calls.status("late", "task", ActionPhase.ACTION_PHASE_RUNNING)).isEqualTo(OK);
      assertThat(calls.status("late", "task", ActionPhase.ACTION_PHASE_SUCCEEDED)).isEqualTo(OK);
      for (var otherEnd :
          List.of(
              ActionPhase.ACTION_PHASE_FAILED,
              ActionPhase.ACTION_PHASE_ABORTED,
              ActionPhase.ACTION_PHASE_TIMED_OUT)) {
        assertThat(calls.status("late", "task", otherEnd).getCode())
            .as("%s", otherEnd)
            .isEqualTo(Code.FAILED_PRECONDITION_VALUE);
      }
      assertThat(calls.action("late", "task")).isEqualTo(succeeded);
      assertThat(succeeded.getStatus().hasEndTime()).isTrue();
    }

    @Test
    void aRetryAfterAFailureStartsAgain() {
      calls.create("retried", "etl.load");
      calls.record("retried", "task", "a0");
      calls.status("retried", "task", ActionPhase.ACTION_PHASE_RUNNING);
      calls.status("retried", "task", ActionPhase.ACTION_PHASE_FAILED);
      assertThat(calls.action("retried", "task").getStatus().hasEndTime()).isTrue();

      assertThat(calls.status("retried", "task", attempt(2, ActionPhase.ACTION_PHASE_RUNNING)))
          .isEqualTo(OK);

      var status = calls.action("retried", "task").getStatus();
      assertThat(status.getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(status.getAttempts()).isEqualTo(2);
      assertThat(status.hasEndTime()).isFalse();
      assertThat(status.hasDurationMs()).isFalse();
      calls.status("retried", "task", attempt(1, ActionPhase.ACTION_PHASE_FAILED));
      assertThat(calls.phase("retried", "task")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      calls.status("retried", "task", attempt(2, ActionPhase.ACTION_PHASE_SUCCEEDED));
      var details = calls.action("retried", "task");
      assertThat(details.getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
      assertThat(details.getAttemptsList())
          .extracting(ActionAttempt::getPhase)
          .containsExactly(ActionPhase.ACTION_PHASE_FAILED, ActionPhase.ACTION_PHASE_SUCCEEDED);
    }

    @Test
    void aParentThatIsSaidToRunKeepsItsAttemptAndItsCache() {
      calls.create("promoted", "etl.load");
      calls.status(
          "promoted",
          "a0",
          attempt(2, ActionPhase.ACTION_PHASE_INITIALIZING)
              .setCacheStatus(CatalogCacheStatus.CACHE_MISS));

      // as executors say it of the parent of what they see for the first time
      assertThat(
              calls.status(
                  "promoted",
                  "a0",
                  ActionStatus.newBuilder().setPhase(ActionPhase.ACTION_PHASE_RUNNING)))
          .isEqualTo(OK);

      var status = calls.action("promoted", "a0").getStatus();
      assertThat(status.getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(status.getAttempts()).isEqualTo(2);
      assertThat(status.getCacheStatus()).isEqualTo(CatalogCacheStatus.CACHE_MISS);
    }

    @Test
    void aTraceIsRecordedAsItWas() {
      calls.create("traced", "etl.load");
      calls.record(
          "traced",
          "trace",
          RecordActionRequest.newBuilder()
              .setParent("a0")
              .setTrace(
                  TraceAction.newBuilder()
                      .setName("fetch")
                      .setPhase(ActionPhase.ACTION_PHASE_FAILED)
                      .setStartTime(at(1))
                      .setEndTime(at(3))
                      .setSpec(TraceSpec.getDefaultInstance())));

      var details = calls.action("traced", "trace");
      assertThat(details.getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
      assertThat(details.getStatus().getStartTime()).isEqualTo(at(1));
      assertThat(details.getStatus().getEndTime()).isEqualTo(at(3));
      assertThat(details.getStatus().getDurationMs()).isEqualTo(2_000);
      assertThat(details.getMetadata().getTrace().getName()).isEqualTo("fetch");
    }

    // ---- events

    @Test
    void anEventThatIsToldAgainChangesNothing() {
      calls.create("again", "etl.load");
      calls.record("again", "task", "a0");
      var events = story("again", "task");
      assertThat(calls.events(events)).isEqualTo(OK);
      var before = calls.action("again", "task");

      assertThat(calls.events(events)).isEqualTo(OK);
      for (var event : events) {
        assertThat(calls.events(event)).isEqualTo(OK);
        proxied(calls, event);
      }

      assertThat(calls.action("again", "task")).isEqualTo(before);
    }

    @Test
    void whatEventsTellDoesNotDependOnTheirOrder() {
      calls.create("ordered", "etl.load");
      calls.record("ordered", "one", "a0");
      calls.record("ordered", "two", "a0");
      calls.record("ordered", "three", "a0");
      calls.events(story("ordered", "one"));
      for (var event : List.of(story("ordered", "two")).reversed()) {
        proxied(calls, event);
      }
      var mixed = story("ordered", "three");
      for (var place : new int[] {2, 0, 4, 1, 3}) {
        calls.events(mixed[place]);
      }

      var attempts = calls.action("ordered", "one").getAttemptsList();
      assertThat(calls.action("ordered", "two").getAttemptsList()).isEqualTo(attempts);
      assertThat(calls.action("ordered", "three").getAttemptsList()).isEqualTo(attempts);
      var attempt = attempts.getFirst();
      assertThat(attempt.getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_FAILED);
      assertThat(attempt.getStartTime()).isEqualTo(at(1));
      assertThat(attempt.getEndTime()).isEqualTo(at(5));
      assertThat(attempt.getErrorInfo().getMessage()).isEqualTo("out of memory");
      assertThat(attempt.getPhaseTransitionsList())
          .extracting(PhaseTransition::getPhase)
          .containsExactly(
              ActionPhase.ACTION_PHASE_QUEUED,
              ActionPhase.ACTION_PHASE_RUNNING,
              ActionPhase.ACTION_PHASE_WAITING_FOR_RESOURCES,
              ActionPhase.ACTION_PHASE_RUNNING,
              ActionPhase.ACTION_PHASE_FAILED);
      assertThat(attempt.getPhaseTransitions(1).getEndTime()).isEqualTo(at(3));
      assertThat(attempt.getClusterEventsList())
          .extracting(ClusterEvent::getMessage)
          .containsExactly("scheduled", "evicted");
      assertThat(attempt.getLogInfoList())
          .extracting(TaskLog::getName, TaskLog::getUri)
          .containsExactly(tuple("main", "http://logs/4"), tuple("side", "http://logs/2"));
    }

    /** An attempt that runs, waits, runs again and fails. */
    private ActionEvent[] story(String run, String action) {
      var scheduled = ClusterEvent.newBuilder().setOccurredAt(at(1)).setMessage("scheduled");
      var evicted = ClusterEvent.newBuilder().setOccurredAt(at(3)).setMessage("evicted");
      return new ActionEvent[] {
        calls.event(run, action, ActionPhase.ACTION_PHASE_QUEUED, 1).build(),
        calls
            .event(run, action, ActionPhase.ACTION_PHASE_RUNNING, 2)
            .addClusterEvents(scheduled)
            .addLogInfo(TaskLog.newBuilder().setName("main").setUri("http://logs/1"))
            .addLogInfo(TaskLog.newBuilder().setName("side").setUri("http://logs/2"))
            .build(),
        calls
            .event(run, action, ActionPhase.ACTION_PHASE_WAITING_FOR_RESOURCES, 3)
            .addClusterEvents(evicted)
            .addClusterEvents(scheduled)
            .build(),
        calls
            .event(run, action, ActionPhase.ACTION_PHASE_RUNNING, 4)
            .addLogInfo(TaskLog.newBuilder().setName("main").setUri("http://logs/4"))
            .build(),
        calls
            .event(run, action, ActionPhase.ACTION_PHASE_FAILED, 5)
            .setErrorInfo(
                ErrorInfo.newBuilder()
                    .setMessage("out of memory")
                    .setKind(ErrorInfo.Kind.KIND_USER))
            .build()
      };
    }

    @Test
    void anEventMovesItsActionAsWell() {
      calls.create("moved", "etl.load");
      calls.record("moved", "task", "a0");

      proxied(calls, calls.event("moved", "task", ActionPhase.ACTION_PHASE_RUNNING, 1).build());
      assertThat(calls.phase("moved", "task")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      proxied(calls, calls.event("moved", "task", ActionPhase.ACTION_PHASE_SUCCEEDED, 2).build());
      assertThat(calls.phase("moved", "task")).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
    }

    @Test
    void nothingToRecordIsFineAndTooMuchIsNot() {
      calls.create("many", "etl.load");
      proxied(calls);
      var before = calls.action("many", "a0");
      var events =
          IntStream.rangeClosed(1, 1_001)
              .mapToObj(version ->
                  calls.event("many", "a0", ActionPhase.ACTION_PHASE_RUNNING, version).build())
              .toArray(ActionEvent[]::new);

      refused("invalid_argument", () -> proxied(calls, events)).withMessageContaining("1000");
      assertThat(calls.action("many", "a0")).isEqualTo(before);
      proxied(calls, Arrays.copyOf(events, 1_000));
      assertThat(calls.action("many", "a0").getAttemptsList()).hasSize(1);
    }

    @Test
    void moreThanFiveHundredEventsHideNoAttempt() {
      calls.create("chatty", "etl.load");
      for (var attempt = 1; attempt <= 3; attempt++) {
        var number = attempt;
        proxied(
            calls,
            IntStream.rangeClosed(1, 300)
                .mapToObj(version ->
                    calls
                        .event("chatty", "a0", ActionPhase.ACTION_PHASE_RUNNING, version)
                        .setAttempt(number)
                        .setUpdatedTime(at(number * 1_000L + version))
                        .build())
                .toArray(ActionEvent[]::new));
      }

      assertThat(calls.action("chatty", "a0").getAttemptsList())
          .extracting(ActionAttempt::getAttempt)
          .containsExactly(1, 2, 3);
      assertThat(calls.action("chatty", "a0").getStatus().getAttempts()).isEqualTo(3);
    }

    // ---- early reports

    @Test
    void reportsMayComeBeforeWhatTheyReportOn() {
      // the grandchild before the child, the child before the root, and of all what becomes of them
      assertThat(
              calls.events(
                  calls.event("early", "below", ActionPhase.ACTION_PHASE_RUNNING, 1).build()))
          .isEqualTo(OK);
      assertThat(calls.status("early", "below", ActionPhase.ACTION_PHASE_SUCCEEDED)).isEqualTo(OK);
      assertThat(calls.record("early", "below", "task")).isEqualTo(OK);
      proxied(calls, calls.event("early", "task", ActionPhase.ACTION_PHASE_RUNNING, 1).build());
      assertThat(calls.record("early", "task", "a0")).isEqualTo(OK);
      assertThat(calls.status("early", "a0", ActionPhase.ACTION_PHASE_RUNNING)).isEqualTo(OK);
      refused("not_found", () -> calls.action("early", "task"));

      calls.create("early", "etl.load");

      assertThat(calls.phase("early", "a0")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(calls.phase("early", "task")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(calls.phase("early", "below")).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
      assertThat(calls.action("early", "below").getMetadata().getParent()).isEqualTo("task");
      assertThat(calls.action("early", "below").getAttemptsCount()).isOne();
    }

    // ---- the streams of InternalRunService

    @Test
    void theStreamsHearOneReportAfterTheOther() {
      calls.create("streamed", "etl.load");
      var request =
          RecordActionRequest.newBuilder()
              .setActionId(calls.actionId("streamed", "task"))
              .setParent("a0")
              .setTask(TaskAction.newBuilder().setId(calls.taskId("etl.task")));
      var recorded =
          calls
              .client()
              .exchange(
                  INTERNAL,
                  "RecordActionStream",
                  List.of(
                      RecordActionStreamRequest.newBuilder().setRequest(request).build(),
                      RecordActionStreamRequest.newBuilder()
                          .setRequest(request.clone().clearTask())
                          .build()),
                  RecordActionStreamResponse.getDefaultInstance());
      assertThat(recorded)
          .extracting(it -> it.getResponse().getStatus().getCode())
          .containsExactly(Code.OK_VALUE, Code.INVALID_ARGUMENT_VALUE);

      var updated =
          calls
              .client()
              .exchange(
                  INTERNAL,
                  "UpdateActionStatusStream",
                  List.of(
                      statusOnStream(ActionPhase.ACTION_PHASE_RUNNING, 17),
                      statusOnStream(ActionPhase.ACTION_PHASE_RUNNING, 18)),
                  UpdateActionStatusStreamResponse.getDefaultInstance());
      assertThat(updated)
          .extracting(UpdateActionStatusStreamResponse::getNonce)
          .containsExactly(17L, 18L);
      assertThat(updated).allMatch(it -> it.getResponse().getStatus().equals(OK));

      var event = calls.event("streamed", "task", ActionPhase.ACTION_PHASE_SUCCEEDED, 2).build();
      var told =
          calls
              .client()
              .exchange(
                  INTERNAL,
                  "RecordActionEventStream",
                  List.of(eventOnStream(event, 1), eventOnStream(event, 2)),
                  RecordActionEventStreamResponse.getDefaultInstance());
      assertThat(told)
          .extracting(RecordActionEventStreamResponse::getNonce)
          .containsExactly(1L, 2L);
      assertThat(told).allMatch(it -> it.getResponse().getActionId().equals(event.getId()));
      assertThat(calls.phase("streamed", "task")).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
      assertThat(calls.action("streamed", "task").getAttemptsCount()).isOne();
    }

    private UpdateActionStatusStreamRequest statusOnStream(ActionPhase phase, long nonce) {
      return UpdateActionStatusStreamRequest.newBuilder()
          .setRequest(
              UpdateActionStatusRequest.newBuilder()
                  .setActionId(calls.actionId("streamed", "task"))
                  .setStatus(attempt(1, phase)))
          .setNonce(nonce)
          .build();
    }

    private static RecordActionEventStreamRequest eventOnStream(ActionEvent event, long nonce) {
      return RecordActionEventStreamRequest.newBuilder()
          .setRequest(RecordActionEventRequest.newBuilder().setEvent(event))
          .setNonce(nonce)
          .build();
    }

    // ---- TrackedRunService

    @Test
    void aTrackedRunIsToldByWhoeverExecutesIt() {
      var created = track("local-run");
      assertThat(created.getRun().getAction().getMetadata().getSource())
          .isEqualTo(RunSource.RUN_SOURCE_TRACKED);
      assertThat(created.getRun().getLabelsMap()).containsEntry("team", "data");
      var running =
          List.of(
              update(
                  "a0",
                  calls.event("local-run", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1).build()),
              task("child", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1));

      assertThat(report(calls, "local-run", running).getStatusesList()).containsExactly(OK, OK);
      var before = calls.run("local-run");
      assertThat(report(calls, "local-run", running).getStatusesList()).containsExactly(OK, OK);
      assertThat(calls.run("local-run")).isEqualTo(before);
      assertThat(calls.phase("local-run", "child")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(calls.action("local-run", "child").getMetadata().getTask().getId().getName())
          .isEqualTo("etl.child");

      assertThat(
              report(
                      calls,
                      "local-run",
                      List.of(
                          task("late", "not-yet", ActionPhase.ACTION_PHASE_RUNNING, 1),
                          task("child", "a0", ActionPhase.ACTION_PHASE_SUCCEEDED, 2),
                          task("not-yet", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1),
                          update(
                              "a0",
                              ActionEvent.newBuilder()
                                  .setId(calls.actionId("local-run", "a0"))
                                  .setAttempt(1)
                                  .build())))
                  .getStatusesList())
          .extracting(Status::getCode)
          .containsExactly(0, 0, 0, Code.INVALID_ARGUMENT_VALUE);
      assertThat(calls.phase("local-run", "late")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(calls.phase("local-run", "child")).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
    }

    @Test
    void aTrackedRunThatIsAbortedTakesNoMoreReports() {
      track("local-aborted");
      report(
          calls,
          "local-aborted",
          List.of(task("child", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1)));

      calls.abort("local-aborted", "enough");
      calls.abort("local-aborted", "again");

      var statuses =
          report(
                  calls,
                  "local-aborted",
                  List.of(
                      task("child", "a0", ActionPhase.ACTION_PHASE_SUCCEEDED, 2),
                      task("another", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1)))
              .getStatusesList();
      assertThat(statuses)
          .extracting(Status::getCode)
          .containsExactly(Code.FAILED_PRECONDITION_VALUE, Code.FAILED_PRECONDITION_VALUE);
      assertThat(calls.phase("local-aborted", "child")).isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
      assertThat(calls.action("local-aborted", "a0").getAbortInfo().getReason())
          .isEqualTo("enough");
      refused("not_found", () -> calls.action("local-aborted", "another"));
    }

    @Test
    void updatesOfATrackedRunNeedNotNameItsOrganization() {
      track("local-nameless");
      var event =
          calls
              .event("local-nameless", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1)
              .setId(
                  ActionIdentifier.newBuilder()
                      .setRun(calls.runId("local-nameless").toBuilder().clearOrg())
                      .setName("a0"))
              .build();
      var team = calls.client().with(keyOf(RunCalls.ORGANIZATION));

      assertThat(
              team.call(
                      TRACKED,
                      "ReportActions",
                      ReportTrackedActionsRequest.newBuilder()
                          .setRunId(calls.runId("local-nameless").toBuilder().clearOrg())
                          .addUpdates(update("a0", event))
                          .build(),
                      ReportTrackedActionsResponse.getDefaultInstance())
                  .getStatusesList())
          .containsExactly(OK);
      assertThat(calls.phase("local-nameless", "a0")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
    }

    @Test
    void aReportWithoutUpdatesOrItsRunIsRefused() {
      refused(
              "invalid_argument",
              () ->
                  calls
                      .client()
                      .call(
                          TRACKED,
                          "ReportActions",
                          ReportTrackedActionsRequest.newBuilder()
                              .setRunId(calls.runId("nobody"))
                              .build(),
                          ReportTrackedActionsResponse.getDefaultInstance()))
          .withMessageContaining("updates");
      refused(
              "invalid_argument",
              () ->
                  calls
                      .client()
                      .call(
                          TRACKED,
                          "CreateRun",
                          CreateTrackedRunRequest.newBuilder()
                              .setTaskId(calls.taskId("etl.load"))
                              .build(),
                          CreateRunResponse.getDefaultInstance()))
          .withMessageContaining("id");
    }

    private CreateRunResponse track(String run) {
      return calls
          .client()
          .call(
              TRACKED,
              "CreateRun",
              CreateTrackedRunRequest.newBuilder()
                  .setRunId(calls.runId(run))
                  .setTaskId(calls.taskId("etl.load"))
                  .putLabels("team", "data")
                  .build(),
              CreateRunResponse.getDefaultInstance());
    }

    private static ReportTrackedActionsResponse report(
        RunCalls calls, String run, TrackedActionUpdate update) {
      return report(calls, run, List.of(update));
    }

    private static ReportTrackedActionsResponse report(
        RunCalls calls, String run, List<TrackedActionUpdate> updates) {
      return calls
          .client()
          .call(
              TRACKED,
              "ReportActions",
              ReportTrackedActionsRequest.newBuilder()
                  .setRunId(calls.runId(run))
                  .addAllUpdates(updates)
                  .build(),
              ReportTrackedActionsResponse.getDefaultInstance());
    }

    private static TrackedActionUpdate update(String parent, ActionEvent event) {
      var update = TrackedActionUpdate.newBuilder().setEvent(event);
      if (!event.getId().getName().equals("a0")) {
        update.setParentName(parent);
      }
      return update.build();
    }

    private TrackedActionUpdate task(String action, String parent, ActionPhase phase, int version) {
      return TrackedActionUpdate.newBuilder()
          .setEvent(calls.event("any", action, phase, version))
          .setParentName(parent)
          .setTask(
              TaskAction.newBuilder()
                  .setId(calls.taskId("etl." + action))
                  .setSpec(
                      TaskSpec.newBuilder()
                          .setTaskTemplate(TaskTemplate.newBuilder().setType("python"))))
          .setStatus(attempt(1, phase))
          .build();
    }

    // ---- StateService

    @Test
    void aStateThatIsPutMakesTheActionAndMovesIt() {
      calls.create("put", "etl.load");

      assertThat(put(calls, "put", "task", "PHASE_RUNNING")).isEqualTo(OK);
      assertThat(put(calls, "put", "task", "PHASE_RUNNING")).isEqualTo(OK);
      assertThat(put(calls, "put", "task", "PHASE_QUEUED")).as("late").isEqualTo(OK);

      assertThat(calls.phase("put", "task")).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(get("put", "task").getState()).contains("\"PHASE_RUNNING\"", "\"put/task\"");
      assertThat(get("put", "task").getStatus()).isEqualTo(OK);
      assertThat(get("put", "nothing").getStatus().getCode()).isEqualTo(Code.NOT_FOUND_VALUE);
      for (var state : List.of("", "RUNNING", "[]", "{}", "{\"phase\":\"RUNING\"}")) {
        assertThat(putState(calls, "put", "task", state).getCode())
            .as(state)
            .isEqualTo(Code.INVALID_ARGUMENT_VALUE);
      }
      assertThat(put(calls, "put", "task", "4")).as("by its number").isEqualTo(OK);
    }

    @Test
    void statesArePutAndGotOnStreamsAsWell() {
      calls.create("put-streamed", "etl.load");

      var put =
          calls
              .client()
              .exchange(
                  STATE,
                  "Put",
                  List.of(
                      putRequest(calls, "put-streamed", "task", state("PHASE_QUEUED")),
                      putRequest(calls, "put-streamed", "task", state("PHASE_SUCCEEDED"))),
                  PutResponse.getDefaultInstance());
      var got =
          calls
              .client()
              .exchange(
                  STATE,
                  "Get",
                  List.of(getRequest("put-streamed", "task"), getRequest("put-streamed", "a0")),
                  GetResponse.getDefaultInstance());

      assertThat(put).extracting(PutResponse::getStatus).containsExactly(OK, OK);
      assertThat(got).hasSize(2);
      assertThat(got.getFirst().getState()).contains("\"PHASE_SUCCEEDED\"");
      assertThat(got.getLast().getState()).contains("\"PHASE_QUEUED\"");
    }

    @Test
    void whoWatchesAParentIsToldOfItsChildrenAndThatTheseWereAll() throws IOException {
      calls.create("parent", "etl.load");
      put(calls, "parent", "first", "PHASE_RUNNING");
      try (var stream =
          calls
              .client()
              .open(
                  STATE,
                  "Watch",
                  WatchRequest.newBuilder()
                      .setParentActionId(calls.actionId("parent", "a0"))
                      .build(),
                  WatchResponse.getDefaultInstance())) {
        var first = stream.next().orElseThrow().getActionUpdate();
        assertThat(first.getActionId()).isEqualTo(calls.actionId("parent", "first"));
        assertThat(first.getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
        assertThat(stream.next().orElseThrow().getControlMessage().getSentinel()).isTrue();

        put(calls, "parent", "second", "PHASE_SUCCEEDED");
        var second = stream.next().orElseThrow().getActionUpdate();
        while (second.getPhase() != ActionPhase.ACTION_PHASE_SUCCEEDED) {
          second = stream.next().orElseThrow().getActionUpdate();
        }
        assertThat(second.getActionId()).isEqualTo(calls.actionId("parent", "second"));

        calls.status("parent", "a0", ActionPhase.ACTION_PHASE_SUCCEEDED);
        while (stream.next().isPresent()) {
          // until it ends with the parent
        }
      }
    }

    private static Status put(RunCalls calls, String run, String action, String phase) {
      return putState(calls, run, action, state(phase));
    }

    private static Status putState(RunCalls calls, String run, String action, String state) {
      return calls
          .client()
          .call(
              STATE, "Put", putRequest(calls, run, action, state), PutResponse.getDefaultInstance())
          .getStatus();
    }

    private static PutRequest putRequest(RunCalls calls, String run, String action, String state) {
      return PutRequest.newBuilder()
          .setActionId(calls.actionId(run, action))
          .setParentActionName("a0")
          .setState(state)
          .build();
    }

    private static String state(String phase) {
      return "{\"phase\":\"%s\",\"actionId\":\"any\",\"timestamp\":\"2025-10-05T10:00:00Z\"}"
          .formatted(phase);
    }

    private GetResponse get(String run, String action) {
      return calls
          .client()
          .call(STATE, "Get", getRequest(run, action), GetResponse.getDefaultInstance());
    }

    private GetRequest getRequest(String run, String action) {
      return GetRequest.newBuilder().setActionId(calls.actionId(run, action)).build();
    }

    // ---- words

    private static ActionStatus.Builder attempt(int number, ActionPhase phase) {
      return ActionStatus.newBuilder().setPhase(phase).setAttempts(number);
    }

    private static void proxied(RunCalls calls, ActionEvent... events) {
      calls
          .client()
          .call(
              EVENTS,
              "Record",
              RecordRequest.newBuilder().addAllEvents(List.of(events)).build(),
              RecordResponse.getDefaultInstance());
    }

    private String keyOf(String organization) {
      var id =
          server
              .client()
              .post("/v1/organizations", "{'externalId':'%s'}", organization)
              .textAt("/id");
      var admin = server.client().with("X-Organization-Id", id);
      var team = admin.post("/v1/teams", "{'name':'Team %s'}", ++teams).is(201).id();
      return admin
          .post("/v1/teams/" + team + "/keys", "{'name':'k','scopes':['runs:read','runs:write']}")
          .is(201)
          .textAt("/key");
    }
  }
}
