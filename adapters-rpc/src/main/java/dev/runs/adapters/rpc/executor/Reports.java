package dev.runs.adapters.rpc.executor;

import dev.runs.adapters.rpc.action.Documents;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.action.Moments;
import dev.runs.adapters.rpc.action.Phases;
import dev.runs.adapters.rpc.action.Tasks;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.core.CatalogCacheStatus;
import dev.runs.adapters.rpc.wire.core.TaskLog;
import dev.runs.adapters.rpc.wire.workflow.ActionEvent;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.ConditionAction;
import dev.runs.adapters.rpc.wire.workflow.ErrorInfo;
import dev.runs.adapters.rpc.wire.workflow.RecordActionRequest;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.adapters.rpc.wire.workflow.TraceAction;
import dev.runs.adapters.rpc.wire.workflow.TrackedActionUpdate;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusRequest;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.AttemptLog;
import dev.runs.domain.action.ClusterEvent;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.NewAction;
import dev.runs.domain.action.StatusReport;
import dev.runs.domain.action.TrackedUpdate;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads what executors report. They leave out much that the protocol asks for: the organization,
 * the number of the attempt, the times; what is left out is what the caller's key, the present
 * attempt and the moment of hearing say.
 */
final class Reports {

  private final InstantSource clock;

  Reports(InstantSource clock) {
    this.clock = clock;
  }

  NewAction recorded(OrganizationId organization, RecordActionRequest request) {
    var made =
        new Recorded(
            Identifiers.action(organization, request.getActionId()),
            given(request.getParent()),
            given(request.getGroup()),
            given(request.getSubject()),
            given(request.getInputUri()),
            request);
    return switch (request.getSpecCase()) {
      case TASK -> made.task(request.getTask());
      case TRACE -> made.trace(request.getTrace());
      case CONDITION -> made.condition(request.getCondition());
      case SPEC_NOT_SET -> throw RpcException.invalid("spec", "needs task, trace or condition");
    };
  }

  /** What an action has in common, whatever it does. */
  private record Recorded(
      ActionAddress address,
      @Nullable String parent,
      @Nullable String group,
      @Nullable String subject,
      @Nullable String inputUri,
      RecordActionRequest request) {

    NewAction task(TaskAction task) {
      var given = Tasks.of(task);
      return new NewAction(
          address,
          parent,
          ActionType.TASK,
          given.id().name(),
          given,
          Documents.of(task.toBuilder().clearSpec().build()),
          group,
          subject,
          inputUri,
          recoveredFrom(),
          null,
          null,
          null);
    }

    NewAction trace(TraceAction trace) {
      return new NewAction(
          address,
          parent,
          ActionType.TRACE,
          named(trace.getName()),
          null,
          Documents.of(trace),
          group,
          subject,
          inputUri,
          recoveredFrom(),
          Moments.readGiven("trace.start_time", trace.hasStartTime(), trace.getStartTime()),
          Moments.readGiven("trace.end_time", trace.hasEndTime(), trace.getEndTime()),
          Documents.ofGiven(trace.hasOutputs(), trace.getOutputs()));
    }

    NewAction condition(ConditionAction condition) {
      return new NewAction(
          address,
          parent,
          ActionType.CONDITION,
          named(condition.getName()),
          null,
          Documents.of(condition),
          group,
          subject,
          inputUri,
          recoveredFrom(),
          null,
          null,
          null);
    }

    private String named(String name) {
      return name.isBlank() ? address.name() : name;
    }

    private @Nullable Document recoveredFrom() {
      return Documents.ofGiven(request.hasRecoveredFrom(), request.getRecoveredFrom());
    }
  }

  StatusReport status(UpdateActionStatusRequest request) {
    var status = request.getStatus();
    return new StatusReport(
        Phases.read("status.phase", status.getPhaseValue()),
        attempts("status.attempts", status.getAttempts()),
        cacheStatus(status.getCacheStatus()),
        Moments.readGiven("status.start_time", status.hasStartTime(), status.getStartTime()),
        Moments.readGiven("status.end_time", status.hasEndTime(), status.getEndTime()),
        null,
        Documents.ofGiven(request.hasOutput(), request.getOutput()),
        Documents.ofGiven(request.hasPrincipal(), request.getPrincipal()),
        request.hasAbortReason() ? request.getAbortReason() : null);
  }

  dev.runs.domain.action.ActionEvent event(OrganizationId organization, ActionEvent event) {
    if (!event.hasId()) {
      throw RpcException.invalid("event.id", "is needed");
    }
    return event(Identifiers.action(organization, event.getId()), event);
  }

  private dev.runs.domain.action.ActionEvent event(ActionAddress address, ActionEvent event) {
    return new dev.runs.domain.action.ActionEvent(
        address,
        attempts("event.attempt", event.getAttempt()),
        Phases.read("event.phase", event.getPhaseValue()),
        Integer.toUnsignedLong(event.getVersion()),
        updatedAt(event),
        Moments.readGiven("event.reported_time", event.hasReportedTime(), event.getReportedTime()),
        event.hasErrorInfo() ? error(event.getErrorInfo()) : null,
        Documents.ofGiven(event.hasOutputs(), event.getOutputs()),
        given(event.getCluster()),
        event.getCacheStatus() == CatalogCacheStatus.CACHE_DISABLED
            ? null
            : cacheStatus(event.getCacheStatus()),
        Documents.ofGiven(event.hasCacheMetadata(), event.getCacheMetadata()),
        event.getLogInfoList().stream().map(Reports::log).toList(),
        Documents.ofGiven(event.hasLogContext(), event.getLogContext()),
        event.getClusterEventsList().stream().map(this::clusterEvent).toList());
  }

  /** What a client that drives a whole run says of one of its actions. */
  TrackedUpdate update(ActionIdentifier id, ActionAddress address, TrackedActionUpdate update) {
    var event = event(address, update.getEvent());
    var status = update.hasStatus() ? status(update.getStatus()) : null;
    return new TrackedUpdate(action(id, address, update), event, status);
  }

  private @Nullable NewAction action(
      ActionIdentifier id, ActionAddress address, TrackedActionUpdate update) {
    if (address.isRoot()) {
      return null;
    }
    var request =
        RecordActionRequest.newBuilder()
            .setActionId(id)
            .setParent(update.getParentName())
            .setGroup(update.getGroup());
    return switch (update.getSpecCase()) {
      case TASK ->
          recorded(address.run().organization(), request.setTask(update.getTask()).build());
      case TRACE ->
          recorded(address.run().organization(), request.setTrace(update.getTrace()).build());
      case SPEC_NOT_SET -> null;
    };
  }

  private static StatusReport status(ActionStatus status) {
    return new StatusReport(
        Phases.read("status.phase", status.getPhaseValue()),
        attempts("status.attempts", status.getAttempts()),
        cacheStatus(status.getCacheStatus()),
        Moments.readGiven("status.start_time", status.hasStartTime(), status.getStartTime()),
        Moments.readGiven("status.end_time", status.hasEndTime(), status.getEndTime()),
        null,
        null,
        null,
        null);
  }

  private Instant updatedAt(ActionEvent event) {
    if (event.hasUpdatedTime()) {
      return Moments.read("event.updated_time", event.getUpdatedTime());
    }
    return event.hasReportedTime()
        ? Moments.read("event.reported_time", event.getReportedTime())
        : clock.instant();
  }

  private static ActionError error(ErrorInfo error) {
    var kind =
        switch (error.getKind()) {
          case KIND_USER -> ActionError.Kind.USER;
          case KIND_SYSTEM -> ActionError.Kind.SYSTEM;
          case KIND_UNSPECIFIED, UNRECOGNIZED -> ActionError.Kind.UNSPECIFIED;
        };
    return new ActionError(kind, error.getMessage());
  }

  private static AttemptLog log(TaskLog log) {
    return new AttemptLog(log.getName(), Documents.of(log));
  }

  private ClusterEvent clusterEvent(dev.runs.adapters.rpc.wire.workflow.ClusterEvent event) {
    var type = event.getType();
    var isTyped =
        type == dev.runs.adapters.rpc.wire.workflow.ClusterEvent.Type.TYPE_NORMAL
            || type == dev.runs.adapters.rpc.wire.workflow.ClusterEvent.Type.TYPE_WARNING;
    return new ClusterEvent(
        event.hasOccurredAt()
            ? Moments.read("cluster_events.occurred_at", event.getOccurredAt())
            : clock.instant(),
        event.getMessage(),
        isTyped ? type.name() : null,
        given(event.getReason()),
        given(event.getSourceComponent()),
        event.getCount());
  }

  /** A number that Java would take for a negative one is larger than any allowed one, too. */
  private static int attempts(String field, int attempts) {
    if (attempts < 0) {
      throw RpcException.invalid(
          field, "must be at most " + dev.runs.domain.action.ActionEvent.MOST_ATTEMPTS);
    }
    return attempts;
  }

  /** What is not known here is not kept. */
  private static @Nullable String cacheStatus(CatalogCacheStatus status) {
    return status == CatalogCacheStatus.UNRECOGNIZED ? null : status.name();
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
