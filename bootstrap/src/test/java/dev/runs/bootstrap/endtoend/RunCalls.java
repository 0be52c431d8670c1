package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Timestamp;
import com.google.rpc.Status;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.adapters.rpc.wire.common.ListRequest;
import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.common.Sort;
import dev.runs.adapters.rpc.wire.core.LiteralType;
import dev.runs.adapters.rpc.wire.core.SimpleType;
import dev.runs.adapters.rpc.wire.task.TaskIdentifier;
import dev.runs.adapters.rpc.wire.workflow.AbortActionRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortActionResponse;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunResponse;
import dev.runs.adapters.rpc.wire.workflow.ActionDetails;
import dev.runs.adapters.rpc.wire.workflow.ActionEvent;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.ConditionAction;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.EventPayload;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListRunsResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventsRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventsResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionResponse;
import dev.runs.adapters.rpc.wire.workflow.Run;
import dev.runs.adapters.rpc.wire.workflow.RunDetails;
import dev.runs.adapters.rpc.wire.workflow.SignalEventRequest;
import dev.runs.adapters.rpc.wire.workflow.SignalEventResponse;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusResponse;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssertAlternative;

/**
 * What clients and executors call about the runs of one project of the organization {@code acme},
 * in few words.
 */
record RunCalls(RpcClient client, String project) {

  static final String ORGANIZATION = "acme";
  static final String DOMAIN = "development";
  static final String INTERNAL = "flyteidl2.workflow.InternalRunService";
  static final String EVENTS = "flyteidl2.workflow.EventsProxyService";
  static final String TRACKED = "flyteidl2.workflow.TrackedRunService";
  static final String STATE = "flyteidl2.workflow.StateService";

  /** Where moments begin that executors tell. */
  static final long EPOCH = 1_700_000_000L;

  static RunCalls of(Server server) {
    return new RunCalls(RpcClient.of(server), "flytesnacks");
  }

  RunCalls in(String otherProject) {
    return new RunCalls(client, otherProject);
  }

  RunCalls with(RpcClient other) {
    return new RunCalls(other, project);
  }

  // ---- who and where

  ProjectIdentifier projectId() {
    return ProjectIdentifier.newBuilder()
        .setOrganization(ORGANIZATION)
        .setName(project)
        .setDomain(DOMAIN)
        .build();
  }

  RunIdentifier runId(String run) {
    return RunIdentifier.newBuilder()
        .setOrg(ORGANIZATION)
        .setProject(project)
        .setDomain(DOMAIN)
        .setName(run)
        .build();
  }

  ActionIdentifier actionId(String run, String action) {
    return ActionIdentifier.newBuilder().setRun(runId(run)).setName(action).build();
  }

  TaskIdentifier taskId(String task) {
    return TaskIdentifier.newBuilder()
        .setOrg(ORGANIZATION)
        .setProject(project)
        .setDomain(DOMAIN)
        .setName(task)
        .setVersion("v1")
        .build();
  }

  // ---- what clients do

  Run create(String run, String task) {
    return create(CreateRunRequest.newBuilder().setRunId(runId(run)).setTaskId(taskId(task)));
  }

  Run create(CreateRunRequest.Builder request) {
    return client
        .call("CreateRun", request.build(), CreateRunResponse.getDefaultInstance())
        .getRun();
  }

  RunDetails run(String run) {
    return client
        .call(
            "GetRunDetails",
            GetRunDetailsRequest.newBuilder().setRunId(runId(run)).build(),
            GetRunDetailsResponse.getDefaultInstance())
        .getDetails();
  }

  ActionDetails action(String run, String action) {
    return client
        .call(
            "GetActionDetails",
            GetActionDetailsRequest.newBuilder().setActionId(actionId(run, action)).build(),
            GetActionDetailsResponse.getDefaultInstance())
        .getDetails();
  }

  ActionPhase phase(String run, String action) {
    return action(run, action).getStatus().getPhase();
  }

  GetActionDataResponse data(String run, String action) {
    return client.call(
        "GetActionData",
        GetActionDataRequest.newBuilder().setActionId(actionId(run, action)).build(),
        GetActionDataResponse.getDefaultInstance());
  }

  void abort(String run, String reason) {
    client.call(
        "AbortRun",
        AbortRunRequest.newBuilder().setRunId(runId(run)).setReason(reason).build(),
        AbortRunResponse.getDefaultInstance());
  }

  void abortAction(String run, String action, String reason) {
    client.call(
        "AbortAction",
        AbortActionRequest.newBuilder()
            .setActionId(actionId(run, action))
            .setReason(reason)
            .build(),
        AbortActionResponse.getDefaultInstance());
  }

  void signal(String run, String action, EventPayload.Builder payload) {
    client.call(
        "SignalEvent",
        SignalEventRequest.newBuilder()
            .setActionId(actionId(run, action))
            .setPayload(payload)
            .build(),
        SignalEventResponse.getDefaultInstance());
  }

  ListRunsResponse runs(ListRequest.Builder request) {
    return list(ListRunsRequest.newBuilder().setProjectId(projectId()).setRequest(request));
  }

  ListRunsResponse list(ListRunsRequest.Builder request) {
    return client.call("ListRuns", request.build(), ListRunsResponse.getDefaultInstance());
  }

  ListActionsResponse actions(String run, ListRequest.Builder request) {
    return client.call(
        "ListActions",
        ListActionsRequest.newBuilder().setRunId(runId(run)).setRequest(request).build(),
        ListActionsResponse.getDefaultInstance());
  }

  // ---- what executors report

  /** Records a task below another action; the root is {@code a0}. */
  Status record(String run, String action, String parent) {
    return record(
        run,
        action,
        RecordActionRequest.newBuilder()
            .setParent(parent)
            .setTask(TaskAction.newBuilder().setId(taskId("etl." + action))));
  }

  Status recordCondition(String run, String action, SimpleType type) {
    return record(
        run,
        action,
        RecordActionRequest.newBuilder()
            .setParent("a0")
            .setCondition(
                ConditionAction.newBuilder()
                    .setName("approved")
                    .setType(LiteralType.newBuilder().setSimple(type))));
  }

  Status record(String run, String action, RecordActionRequest.Builder request) {
    return client
        .call(
            INTERNAL,
            "RecordAction",
            request.setActionId(actionId(run, action)).build(),
            RecordActionResponse.getDefaultInstance())
        .getStatus();
  }

  Status status(String run, String action, ActionPhase phase) {
    return status(run, action, ActionStatus.newBuilder().setPhase(phase).setAttempts(1));
  }

  Status status(String run, String action, ActionStatus.Builder status) {
    return client
        .call(
            INTERNAL,
            "UpdateActionStatus",
            UpdateActionStatusRequest.newBuilder()
                .setActionId(actionId(run, action))
                .setStatus(status)
                .build(),
            UpdateActionStatusResponse.getDefaultInstance())
        .getStatus();
  }

  /** An event of the first attempt, told as many seconds after the beginning as its version is. */
  ActionEvent.Builder event(String run, String action, ActionPhase phase, int version) {
    return ActionEvent.newBuilder()
        .setId(actionId(run, action))
        .setAttempt(1)
        .setPhase(phase)
        .setVersion(version)
        .setUpdatedTime(at(version));
  }

  Status events(ActionEvent... events) {
    return client
        .call(
            INTERNAL,
            "RecordActionEvents",
            RecordActionEventsRequest.newBuilder().addAllEvents(List.of(events)).build(),
            RecordActionEventsResponse.getDefaultInstance())
        .getStatus();
  }

  // ---- words

  static Timestamp at(long seconds) {
    return Timestamp.newBuilder().setSeconds(EPOCH + seconds).build();
  }

  static ListRequest.Builder limit(int limit) {
    return ListRequest.newBuilder().setLimit(limit);
  }

  static Filter filter(String field, Filter.Function function, String... values) {
    return Filter.newBuilder()
        .setField(field)
        .setFunction(function)
        .addAllValues(List.of(values))
        .build();
  }

  static Sort ascending(String field) {
    return Sort.newBuilder().setKey(field).setDirection(Sort.Direction.ASCENDING).build();
  }

  static Sort descending(String field) {
    return Sort.newBuilder().setKey(field).setDirection(Sort.Direction.DESCENDING).build();
  }

  static List<String> runNames(List<Run> runs) {
    return runs.stream().map(run -> run.getAction().getId().getRun().getName()).toList();
  }

  static List<String> actionNames(ListActionsResponse page) {
    return page.getActionsList().stream().map(action -> action.getId().getName()).toList();
  }

  /** Says that a call fails with a code. */
  static ThrowableAssertAlternative<RpcClient.Failed> refused(
      String code, ThrowableAssert.ThrowingCallable call) {
    return assertThatExceptionOfType(RpcClient.Failed.class)
        .isThrownBy(call)
        .matches(failed -> failed.code().equals(code), code);
  }
}
