package dev.runs.adapters.rpc.action;

import com.google.protobuf.Message;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.CacheMetadata;
import dev.runs.adapters.rpc.wire.common.EnrichedIdentity;
import dev.runs.adapters.rpc.wire.common.Relation;
import dev.runs.adapters.rpc.wire.common.TriggerIdentifier;
import dev.runs.adapters.rpc.wire.core.CatalogCacheStatus;
import dev.runs.adapters.rpc.wire.core.Literal;
import dev.runs.adapters.rpc.wire.core.LogContext;
import dev.runs.adapters.rpc.wire.core.TaskLog;
import dev.runs.adapters.rpc.wire.task.OutputReferences;
import dev.runs.adapters.rpc.wire.task.RunSpec;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.task.TriggerAutomationSpec;
import dev.runs.adapters.rpc.wire.workflow.AbortInfo;
import dev.runs.adapters.rpc.wire.workflow.Action;
import dev.runs.adapters.rpc.wire.workflow.ActionAttempt;
import dev.runs.adapters.rpc.wire.workflow.ActionMetadata;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.ActionType;
import dev.runs.adapters.rpc.wire.workflow.ClusterEvent;
import dev.runs.adapters.rpc.wire.workflow.ConditionAction;
import dev.runs.adapters.rpc.wire.workflow.ConditionActionMetadata;
import dev.runs.adapters.rpc.wire.workflow.ErrorInfo;
import dev.runs.adapters.rpc.wire.workflow.PhaseTransition;
import dev.runs.adapters.rpc.wire.workflow.Run;
import dev.runs.adapters.rpc.wire.workflow.RunDetails;
import dev.runs.adapters.rpc.wire.workflow.RunSource;
import dev.runs.adapters.rpc.wire.workflow.SignalInfo;
import dev.runs.adapters.rpc.wire.workflow.TaskActionMetadata;
import dev.runs.adapters.rpc.wire.workflow.TraceAction;
import dev.runs.adapters.rpc.wire.workflow.TraceActionMetadata;
import dev.runs.application.action.ActionDetails;
import dev.runs.application.action.ActionDetails.End;
import dev.runs.application.action.ActionView;
import dev.runs.application.action.AttemptView;
import dev.runs.application.action.ToldClusterEvent;
import dev.runs.domain.access.Principal;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.TaskFacts;
import dev.runs.domain.action.TriggerFacts;
import dev.runs.domain.action.TriggerName;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Actions as clients are told of them. */
public final class ActionMessages {

  private final String organization;

  /**
   * @param organization the external id of the one to which all the actions belong
   */
  public ActionMessages(String organization) {
    this.organization = organization;
  }

  public Run run(ActionView root) {
    return Run.newBuilder().setAction(action(root)).putAllLabels(root.labels()).build();
  }

  public Action action(ActionView view) {
    return Action.newBuilder()
        .setId(Identifiers.action(organization, view.address()))
        .setMetadata(metadata(view))
        .setStatus(status(view))
        .build();
  }

  public RunDetails runDetails(ActionDetails root) {
    var details = RunDetails.newBuilder().setAction(details(root));
    var spec = root.action().facts().runSpec();
    if (spec != null) {
      details.setRunSpec(Documents.read(spec, RunSpec.newBuilder()));
    }
    return details.build();
  }

  public dev.runs.adapters.rpc.wire.workflow.ActionDetails details(ActionDetails details) {
    var view = details.action();
    var message =
        dev.runs.adapters.rpc.wire.workflow.ActionDetails.newBuilder()
            .setId(Identifiers.action(organization, view.address()))
            .setMetadata(metadata(view))
            .setStatus(status(view));
    switch (details.end()) {
      case End.None() -> {
        // nothing is to be told
      }
      case End.Failed(var error) -> message.setErrorInfo(error(error));
      case End.Aborted aborted -> message.setAbortInfo(abortInfo(aborted));
      case End.Signalled(var value, var by) ->
          message.setSignalInfo(
              SignalInfo.newBuilder()
                  .setOutput(Documents.read(value, Literal.newBuilder()))
                  .setSignalledBy(Documents.read(by, EnrichedIdentity.newBuilder())));
    }
    switch (view.facts().type()) {
      case TASK ->
          details
              .taskSpec()
              .ifPresent(spec -> message.setTask(Documents.read(spec, TaskSpec.newBuilder())));
      case TRACE -> {
        var trace = read(view.facts().spec(), TraceAction.newBuilder());
        message.setTrace(trace.getSpec());
      }
      case CONDITION ->
          message.setCondition(read(view.facts().spec(), ConditionAction.newBuilder()));
    }
    details.attempts().forEach(attempt -> message.addAttempts(attempt(attempt)));
    return message.build();
  }

  private ActionMetadata metadata(ActionView view) {
    var facts = view.facts();
    var metadata = ActionMetadata.newBuilder();
    view.parent().ifPresent(metadata::setParent);
    ifKnown(facts.group(), metadata::setGroup);
    ifKnown(
        facts.executedBy(),
        by -> metadata.setExecutedBy(Documents.read(by, EnrichedIdentity.newBuilder())));
    ifKnown(facts.source(), source -> metadata.setSource(RunSource.valueOf(source)));
    ifKnown(
        facts.relation(),
        relation -> metadata.setRelation(Documents.read(relation, Relation.newBuilder())));
    ifKnown(
        facts.recoveredFrom(),
        from -> metadata.setRecoveredFrom(Documents.read(from, ActionIdentifier.newBuilder())));
    ifKnown(facts.trigger(), trigger -> trigger(trigger, metadata));
    switch (facts.type()) {
      case TASK -> {
        metadata.setActionType(ActionType.ACTION_TYPE_TASK);
        ifKnown(facts.task(), task -> task(task, metadata));
      }
      case TRACE ->
          metadata
              .setActionType(ActionType.ACTION_TYPE_TRACE)
              .setTrace(TraceActionMetadata.newBuilder().setName(view.run().origin().task()));
      case CONDITION -> {
        var condition = ConditionActionMetadata.newBuilder();
        condition.setName(view.run().origin().task());
        var spec = read(facts.spec(), ConditionAction.newBuilder());
        if (spec.hasType()) {
          condition.setType(spec.getType());
        }
        metadata.setActionType(ActionType.ACTION_TYPE_CONDITION).setCondition(condition);
      }
    }
    return metadata.build();
  }

  private static void task(TaskFacts task, ActionMetadata.Builder metadata) {
    var its = TaskActionMetadata.newBuilder().setId(Identifiers.task(task.id()));
    ifKnown(task.type(), its::setTaskType);
    ifKnown(task.shortName(), its::setShortName);
    metadata.setTask(its);
    ifKnown(task.environment(), metadata::setEnvironmentName);
    ifKnown(task.function(), metadata::setFuntionName);
  }

  private void trigger(TriggerFacts trigger, ActionMetadata.Builder metadata) {
    metadata
        .setTriggerName(trigger.name().name())
        .setTriggerId(
            TriggerIdentifier.newBuilder()
                .setName(trigger(trigger.name()))
                .setRevision(trigger.revision()));
    ifKnown(
        trigger.automation(),
        automation ->
            metadata.setTriggerType(
                Documents.read(automation, TriggerAutomationSpec.newBuilder())));
  }

  private dev.runs.adapters.rpc.wire.common.TriggerName trigger(TriggerName name) {
    return dev.runs.adapters.rpc.wire.common.TriggerName.newBuilder()
        .setOrg(organization)
        .setProject(name.project())
        .setDomain(name.domain())
        .setName(name.name())
        .setTaskName(name.task())
        .build();
  }

  private static ActionStatus status(ActionView view) {
    var status =
        ActionStatus.newBuilder()
            .setPhase(Phases.of(view.phase()))
            .setStartTime(Moments.of(view.startedAt()))
            .setAttempts(view.attempts());
    ifKnown(
        view.status().cacheStatus(),
        cache -> status.setCacheStatus(CatalogCacheStatus.valueOf(cache)));
    view.endedAt().ifPresent(end -> status.setEndTime(Moments.of(end)));
    view.duration().ifPresent(took -> status.setDurationMs(took.toMillis()));
    return status.build();
  }

  private AbortInfo abortInfo(End.Aborted aborted) {
    var info = AbortInfo.newBuilder();
    aborted.reason().ifPresent(info::setReason);
    if (aborted.byWhom().isPresent()) {
      info.setAbortedBy(Documents.read(aborted.byWhom(), EnrichedIdentity.newBuilder()));
    } else {
      aborted
          .by()
          .ifPresent(by -> info.setAbortedBy(Identities.of(new Principal(by), organization)));
    }
    return info.build();
  }

  private static ErrorInfo error(ActionError error) {
    var kind =
        switch (error.kind()) {
          case USER -> ErrorInfo.Kind.KIND_USER;
          case SYSTEM -> ErrorInfo.Kind.KIND_SYSTEM;
          case UNSPECIFIED -> ErrorInfo.Kind.KIND_UNSPECIFIED;
        };
    return ErrorInfo.newBuilder().setMessage(error.message()).setKind(kind).build();
  }

  private static ActionAttempt attempt(AttemptView view) {
    var attempt =
        ActionAttempt.newBuilder()
            .setAttempt(view.number())
            .setPhase(Phases.of(view.phase()))
            .setStartTime(Moments.of(view.startedAt()))
            .setLogsAvailable(view.logContext().isPresent());
    view.endedAt().ifPresent(end -> attempt.setEndTime(Moments.of(end)));
    view.error().ifPresent(error -> attempt.setErrorInfo(error(error)));
    view.outputs()
        .ifPresent(its -> attempt.setOutputs(Documents.read(its, OutputReferences.newBuilder())));
    view.cluster().ifPresent(attempt::setCluster);
    view.cacheStatus()
        .ifPresent(cache -> attempt.setCacheStatus(CatalogCacheStatus.valueOf(cache)));
    view.cacheMetadata()
        .ifPresent(
            its -> attempt.setCacheMetadata(Documents.read(its, CacheMetadata.newBuilder())));
    view.logContext()
        .ifPresent(its -> attempt.setLogContext(Documents.read(its, LogContext.newBuilder())));
    view.logs().forEach(log -> attempt.addLogInfo(Documents.read(log, TaskLog.newBuilder())));
    view.clusterEvents().forEach(event -> attempt.addClusterEvents(clusterEvent(event)));
    view.transitions().forEach(transition -> attempt.addPhaseTransitions(transition(transition)));
    return attempt.build();
  }

  private static PhaseTransition transition(dev.runs.domain.action.PhaseTransition transition) {
    var message =
        PhaseTransition.newBuilder()
            .setPhase(Phases.of(transition.phase()))
            .setStartTime(Moments.of(transition.startedAt()));
    ifKnown(transition.endedAt(), end -> message.setEndTime(Moments.of(end)));
    return message.build();
  }

  public static ClusterEvent clusterEvent(ToldClusterEvent told) {
    var event = told.event();
    var message =
        ClusterEvent.newBuilder()
            .setOccurredAt(Moments.of(event.occurredAt()))
            .setMessage(event.message())
            .setCount(event.count());
    ifKnown(event.type(), type -> message.setType(ClusterEvent.Type.valueOf(type)));
    ifKnown(event.reason(), message::setReason);
    ifKnown(event.source(), message::setSourceComponent);
    return message.build();
  }

  private static <B extends Message.Builder> B read(@Nullable Document document, B builder) {
    return Documents.read(Optional.ofNullable(document), builder);
  }

  private static <T> void ifKnown(@Nullable T value, Consumer<T> use) {
    if (value != null) {
      use.accept(value);
    }
  }
}
