package dev.runs.bootstrap.endtoend;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.EnrichedIdentity;
import dev.runs.adapters.rpc.wire.common.ListRequest;
import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.common.TriggerName;
import dev.runs.adapters.rpc.wire.core.CatalogCacheStatus;
import dev.runs.adapters.rpc.wire.core.Literal;
import dev.runs.adapters.rpc.wire.core.LiteralType;
import dev.runs.adapters.rpc.wire.core.SimpleType;
import dev.runs.adapters.rpc.wire.task.Inputs;
import dev.runs.adapters.rpc.wire.task.RunSpec;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.task.TriggerAutomationSpec;
import dev.runs.adapters.rpc.wire.trigger.DeployTriggerRequest;
import dev.runs.adapters.rpc.wire.trigger.DeployTriggerResponse;
import dev.runs.adapters.rpc.wire.trigger.TriggerSpec;
import dev.runs.adapters.rpc.wire.workflow.AbortActionRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortActionResponse;
import dev.runs.adapters.rpc.wire.workflow.ActionEvent;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.ConditionAction;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.ErrorInfo;
import dev.runs.adapters.rpc.wire.workflow.EventPayload;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextResponse;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListRunsResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordResponse;
import dev.runs.adapters.rpc.wire.workflow.RunSource;
import dev.runs.adapters.rpc.wire.workflow.SignalEventRequest;
import dev.runs.adapters.rpc.wire.workflow.SignalEventResponse;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.adapters.rpc.wire.workflow.TraceAction;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchClusterEventsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchClusterEventsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchGroupsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchGroupsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Drives runs by what executors report alone, and then looks whether every field that an answer
 * could tell was told; but for those that {@code docs/rpc-fields.md} lists with its reasons.
 */
@Timeout(300)
final class RpcFieldsIT {

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(Installation.onSqlite());
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(Installation.onPostgres());
    }
  }

  abstract static class Contract {

    private static final String INTERNAL = "flyteidl2.workflow.InternalRunService";
    private static final String EVENTS = "flyteidl2.workflow.EventsProxyService";
    private static final String ORGANIZATION = "acme";

    /** Enough for every alternative within every message. */
    private static final int VARIANTS = 14;

    private static final ProjectIdentifier PROJECT =
        ProjectIdentifier.newBuilder()
            .setOrganization(ORGANIZATION)
            .setName("flytesnacks")
            .setDomain("development")
            .build();

    private static final Timestamp LONG_AGO = Timestamp.newBuilder().setSeconds(1_000).build();
    private static final Pattern EXCEPTION = Pattern.compile("^\\| `([\\w.]+)` \\| .+ \\|$");

    @RegisterExtension final Installation installation;

    private final FieldsSeen fields = new FieldsSeen();

    /** One for each kind of message, for what the one has taken the other may still lack. */
    private final Map<Descriptor, MessageFiller> fillers = new HashMap<>();

    Contract(Installation installation) {
      this.installation = installation;
    }

    @Test
    void everyFieldOfEveryAnswerComesBackFilledButForTheListedOnes() throws Exception {
      var client = RpcClient.of(installation.start());
      for (var variant = 0; variant < VARIANTS; variant++) {
        live(client, variant);
      }
      client
          .open(
              "WatchGroups",
              WatchGroupsRequest.newBuilder()
                  .setProjectId(PROJECT)
                  .setStartDate(LONG_AGO)
                  .setEndDate(Timestamp.newBuilder().setSeconds(4_000_000_000L))
                  .build(),
              WatchGroupsResponse.getDefaultInstance())
          .next()
          .ifPresent(fields::note);

      assertThat(fields.missing()).isEqualTo(exceptions());
    }

    private static Set<String> exceptions() throws IOException {
      var page = Path.of(System.getProperty("runs.root"), "docs", "rpc-fields.md");
      try (var lines = Files.lines(page)) {
        return lines
            .map(EXCEPTION::matcher)
            .filter(line -> line.matches())
            .map(line -> line.group(1))
            .collect(toCollection(TreeSet::new));
      }
    }

    /** The life of one run, which differs a little from one to the next. */
    private void live(RpcClient client, int variant) throws Exception {
      var taskSpec = filled(TaskSpec.getDefaultInstance());
      var runSpec = filled(RunSpec.getDefaultInstance());
      var created =
          client.call(
              "CreateRun",
              CreateRunRequest.newBuilder()
                  .setProjectId(PROJECT)
                  .setTaskSpec(taskSpec)
                  .setInputs(filled(Inputs.getDefaultInstance()))
                  .setRunSpec(runSpec)
                  .setSource(RunSource.RUN_SOURCE_CLI)
                  .build(),
              CreateRunResponse.getDefaultInstance());
      fields.note(created);
      var run = created.getRun().getAction().getId().getRun();
      var root = action(run, "a0");

      triggered(client, variant);
      status(client, root, ActionPhase.ACTION_PHASE_RUNNING);
      record(client, "task", run, taskSpec);
      record(client, "trace", run, taskSpec);
      record(client, "condition", run, taskSpec);
      client.call(
          "SignalEvent",
          SignalEventRequest.newBuilder()
              .setActionId(action(run, "condition"))
              .setPayload(EventPayload.newBuilder().setStringValue("yes"))
              .build(),
          SignalEventResponse.getDefaultInstance());
      var kind = variant % 8 == 0 ? ErrorInfo.Kind.KIND_SYSTEM : ErrorInfo.Kind.KIND_USER;
      event(client, action(run, "task"), ActionPhase.ACTION_PHASE_RUNNING, 1, kind);
      event(client, action(run, "task"), ActionPhase.ACTION_PHASE_SUCCEEDED, 2, kind);
      event(client, root, ActionPhase.ACTION_PHASE_RUNNING, 1, kind);
      event(client, root, ActionPhase.ACTION_PHASE_FAILED, 2, kind);
      try (var watched =
          client.open(
              "WatchActions",
              WatchActionsRequest.newBuilder().setRunId(run).build(),
              WatchActionsResponse.getDefaultInstance())) {
        watched.next().ifPresent(fields::note);
      }
      status(client, action(run, "task"), ActionPhase.ACTION_PHASE_SUCCEEDED);
      if (variant % 4 == 0) {
        status(client, root, ActionPhase.ACTION_PHASE_FAILED);
      } else if (variant % 4 < 3) {
        status(client, root, ActionPhase.ACTION_PHASE_ABORTED);
      } else {
        client.call(
            "AbortAction",
            AbortActionRequest.newBuilder().setActionId(root).setReason("enough").build(),
            AbortActionResponse.getDefaultInstance());
      }
      look(client, run);
    }

    /** A run that a trigger starts. */
    private void triggered(RpcClient client, int variant) {
      var name =
          TriggerName.newBuilder()
              .setOrg(ORGANIZATION)
              .setProject(PROJECT.getName())
              .setDomain(PROJECT.getDomain())
              .setName("trigger-" + variant)
              .setTaskName("etl.load");
      client.call(
          "flyteidl2.trigger.TriggerService",
          "DeployTrigger",
          DeployTriggerRequest.newBuilder()
              .setName(name)
              .setSpec(TriggerSpec.newBuilder().setTaskVersion("v1"))
              .setAutomationSpec(filled(TriggerAutomationSpec.getDefaultInstance()))
              .build(),
          DeployTriggerResponse.getDefaultInstance());
      var started =
          client.call(
              "CreateRun",
              CreateRunRequest.newBuilder().setProjectId(PROJECT).setTriggerName(name).build(),
              CreateRunResponse.getDefaultInstance());
      ask(
          client,
          "GetRunDetails",
          GetRunDetailsRequest.newBuilder()
              .setRunId(started.getRun().getAction().getId().getRun())
              .build(),
          GetRunDetailsResponse.getDefaultInstance());
    }

    private void record(RpcClient client, String name, RunIdentifier run, TaskSpec taskSpec) {
      var request =
          RecordActionRequest.newBuilder()
              .setActionId(action(run, name))
              .setParent("a0")
              .setGroup("group")
              .setSubject("subject")
              .setInputUri("s3://inputs")
              .setRecoveredFrom(action(run, "before"));
      switch (name) {
        case "task" ->
            request.setTask(filled(TaskAction.getDefaultInstance()).toBuilder().setSpec(taskSpec));
        case "trace" -> request.setTrace(filled(TraceAction.getDefaultInstance()));
        default ->
            request.setCondition(
                filled(ConditionAction.getDefaultInstance()).toBuilder()
                    .setType(LiteralType.newBuilder().setSimple(SimpleType.STRING)));
      }
      var response =
          client.call(
              INTERNAL, "RecordAction", request.build(), RecordActionResponse.getDefaultInstance());
      assertThat(response.getStatus().getMessage()).isEmpty();
    }

    private void event(
        RpcClient client,
        ActionIdentifier id,
        ActionPhase phase,
        int version,
        ErrorInfo.Kind kind) {
      var event =
          filled(ActionEvent.getDefaultInstance()).toBuilder()
              .setId(id)
              .setAttempt(1)
              .setPhase(phase)
              .setVersion(version)
              .setUpdatedTime(Timestamp.newBuilder().setSeconds(1_700_000_000 + version))
              .setErrorInfo(ErrorInfo.newBuilder().setMessage("no").setKind(kind));
      client.call(
          EVENTS,
          "Record",
          RecordRequest.newBuilder().addEvents(event).build(),
          RecordResponse.getDefaultInstance());
    }

    private void status(RpcClient client, ActionIdentifier id, ActionPhase phase) {
      var response =
          client.call(
              INTERNAL,
              "UpdateActionStatus",
              UpdateActionStatusRequest.newBuilder()
                  .setActionId(id)
                  .setStatus(
                      ActionStatus.newBuilder()
                          .setPhase(phase)
                          .setAttempts(1)
                          .setCacheStatus(CatalogCacheStatus.CACHE_HIT))
                  .setOutput(filled(Literal.getDefaultInstance()))
                  .setPrincipal(
                      phase == ActionPhase.ACTION_PHASE_ABORTED
                          ? filled(EnrichedIdentity.getDefaultInstance())
                          : EnrichedIdentity.getDefaultInstance())
                  .build(),
              UpdateActionStatusResponse.getDefaultInstance());
      assertThat(response.getStatus().getMessage()).isEmpty();
    }

    /** Asks for everything that can be asked about a run. */
    private void look(RpcClient client, RunIdentifier run) throws IOException {
      ask(
          client,
          "GetRunDetails",
          GetRunDetailsRequest.newBuilder().setRunId(run).build(),
          GetRunDetailsResponse.getDefaultInstance());
      first(
          client,
          "WatchRunDetails",
          WatchRunDetailsRequest.newBuilder().setRunId(run).build(),
          WatchRunDetailsResponse.getDefaultInstance());
      for (var name : new String[] {"a0", "task", "trace", "condition"}) {
        var id = action(run, name);
        ask(
            client,
            "GetActionDetails",
            GetActionDetailsRequest.newBuilder().setActionId(id).build(),
            GetActionDetailsResponse.getDefaultInstance());
        ask(
            client,
            "GetActionData",
            GetActionDataRequest.newBuilder().setActionId(id).build(),
            GetActionDataResponse.getDefaultInstance());
        ask(
            client,
            "GetActionDataURIs",
            GetActionDataURIsRequest.newBuilder().setActionId(id).build(),
            GetActionDataURIsResponse.getDefaultInstance());
        first(
            client,
            "WatchActionDetails",
            WatchActionDetailsRequest.newBuilder().setActionId(id).build(),
            WatchActionDetailsResponse.getDefaultInstance());
      }
      ask(
          client,
          "GetActionLogContext",
          GetActionLogContextRequest.newBuilder()
              .setActionId(action(run, "task"))
              .setAttempt(1)
              .build(),
          GetActionLogContextResponse.getDefaultInstance());
      first(
          client,
          "WatchClusterEvents",
          WatchClusterEventsRequest.newBuilder().setId(action(run, "task")).setAttempt(1).build(),
          WatchClusterEventsResponse.getDefaultInstance());
      ask(
          client,
          "ListRuns",
          ListRunsRequest.newBuilder()
              .setProjectId(PROJECT)
              .setRequest(ListRequest.newBuilder().setLimit(1))
              .build(),
          ListRunsResponse.getDefaultInstance());
      ask(
          client,
          "ListActions",
          ListActionsRequest.newBuilder()
              .setRunId(run)
              .setRequest(ListRequest.newBuilder().setLimit(3))
              .build(),
          ListActionsResponse.getDefaultInstance());
      first(
          client,
          "WatchRuns",
          WatchRunsRequest.newBuilder().setProjectId(PROJECT).build(),
          WatchRunsResponse.getDefaultInstance());
    }

    private <A extends Message> void ask(
        RpcClient client, String method, Message request, A empty) {
      fields.note(client.call(method, request, empty));
    }

    private <A extends Message> void first(
        RpcClient client, String method, Message request, A empty) throws IOException {
      try (var stream = client.open(method, request, empty)) {
        stream.next().ifPresent(fields::note);
      }
    }

    private <M extends Message> M filled(M empty) {
      return fillers
          .computeIfAbsent(empty.getDescriptorForType(), _ -> new MessageFiller())
          .filled(empty);
    }

    private static ActionIdentifier action(RunIdentifier run, String name) {
      return ActionIdentifier.newBuilder().setRun(run).setName(name).build();
    }
  }
}
