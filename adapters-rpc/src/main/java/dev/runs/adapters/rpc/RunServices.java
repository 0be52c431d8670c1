package dev.runs.adapters.rpc;

import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.access.OrganizationDefaults;
import dev.runs.adapters.rpc.action.Aborts;
import dev.runs.adapters.rpc.action.ActionMethods;
import dev.runs.adapters.rpc.executor.ExecutorServices;
import dev.runs.adapters.rpc.executor.StateServices;
import dev.runs.adapters.rpc.executor.TrackedActions;
import dev.runs.adapters.rpc.protocol.Preparation;
import dev.runs.adapters.rpc.protocol.RequestRules;
import dev.runs.adapters.rpc.protocol.RpcService;
import dev.runs.adapters.rpc.run.RunMethods;
import dev.runs.adapters.rpc.run.TriggerMethods;
import dev.runs.adapters.rpc.watch.ActionWatches;
import dev.runs.adapters.rpc.watch.DetailWatches;
import dev.runs.adapters.rpc.watch.RunWatches;
import dev.runs.adapters.rpc.wire.trigger.DeployTriggerRequest;
import dev.runs.adapters.rpc.wire.trigger.TriggerServiceProto;
import dev.runs.adapters.rpc.wire.workflow.AbortActionRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateTrackedRunRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.PutRequest;
import dev.runs.adapters.rpc.wire.workflow.ReportTrackedActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.RunServiceProto;
import dev.runs.adapters.rpc.wire.workflow.SignalEventRequest;
import dev.runs.adapters.rpc.wire.workflow.StateServiceProto;
import dev.runs.adapters.rpc.wire.workflow.TrackedRunServiceProto;
import dev.runs.adapters.rpc.wire.workflow.WatchActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchClusterEventsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchGroupsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsRequest;
import dev.runs.application.action.KeepTrigger;
import dev.runs.application.action.ListActions;
import dev.runs.application.action.ReportActions;
import dev.runs.application.action.ShowActions;
import dev.runs.application.action.ShowTaskGroups;
import dev.runs.application.action.SignalCondition;
import dev.runs.application.action.StartRun;
import dev.runs.application.event.EventTail;
import dev.runs.application.tree.ShowEvents;
import dev.runs.domain.access.Scope;
import java.time.InstantSource;
import java.util.List;

/** All services of the protocol that are answered here. */
public final class RunServices {

  private final Callers callers;
  private final RunMethods runs;
  private final ActionMethods actions;
  private final DetailWatches detailWatches;
  private final ActionWatches actionWatches;
  private final RunWatches runWatches;
  private final TrackedActions trackedActions;
  private final StateServices states;
  private final ExecutorServices executors;
  private final TriggerMethods triggers;

  public RunServices(
      Callers callers,
      StartRun startRun,
      ShowActions showActions,
      ListActions listActions,
      ShowTaskGroups showTaskGroups,
      SignalCondition signalCondition,
      Aborts aborts,
      ReportActions reportActions,
      ShowEvents showEvents,
      KeepTrigger keepTrigger,
      EventTail tail,
      InstantSource clock) {
    this.callers = callers;
    this.runs = new RunMethods(callers, startRun, showActions, listActions);
    this.actions = new ActionMethods(callers, showActions, listActions, signalCondition, aborts);
    this.detailWatches = new DetailWatches(callers, showActions, tail);
    this.actionWatches = new ActionWatches(callers, showActions, listActions, showEvents, tail);
    this.runWatches = new RunWatches(callers, showActions, listActions, showTaskGroups, tail);
    this.trackedActions = new TrackedActions(callers, reportActions, clock);
    this.states = new StateServices(callers, reportActions, showActions, listActions, tail, clock);
    this.executors = new ExecutorServices(callers, reportActions, clock);
    this.triggers = new TriggerMethods(callers, keepTrigger);
  }

  /**
   * Clients are held to the rules of the messages; executors, which send what breaks them, are not.
   */
  public List<RpcService> all() {
    var strict = new OrganizationDefaults(callers).then(new RequestRules());
    return List.of(
        runService(strict),
        trackedRunService(strict),
        triggerService(strict),
        executors.internalRunService(),
        executors.eventsProxyService(),
        stateService());
  }

  private RpcService runService(Preparation strict) {
    var service =
        RpcService.of(RunServiceProto.getDescriptor().findServiceByName("RunService"))
            .preparing(strict)
            .unary(
                "CreateRun", CreateRunRequest.getDefaultInstance(), Scope.RUNS_WRITE, runs::create)
            .unary(
                "SignalEvent",
                SignalEventRequest.getDefaultInstance(),
                Scope.RUNS_WRITE,
                actions::signal)
            .unary(
                "GetActionData",
                GetActionDataRequest.getDefaultInstance(),
                Scope.RUNS_READ,
                actions::data)
            .unary(
                "GetActionDataURIs",
                GetActionDataURIsRequest.getDefaultInstance(),
                Scope.RUNS_READ,
                actions::dataUris)
            .unary(
                "GetActionLogContext",
                GetActionLogContextRequest.getDefaultInstance(),
                Scope.RUNS_READ,
                actions::logContext)
            .unary(
                "AbortAction",
                AbortActionRequest.getDefaultInstance(),
                Scope.RUNS_WRITE,
                actions::abort)
            .streaming(
                "WatchClusterEvents",
                WatchClusterEventsRequest.getDefaultInstance(),
                Scope.RUNS_READ,
                detailWatches::clusterEvents)
            .streaming(
                "WatchGroups",
                WatchGroupsRequest.getDefaultInstance(),
                Scope.RUNS_READ,
                runWatches::groups);
    return shared(service).build();
  }

  private RpcService trackedRunService(Preparation strict) {
    var service =
        RpcService.of(TrackedRunServiceProto.getDescriptor().findServiceByName("TrackedRunService"))
            .preparing(strict)
            .unary(
                "CreateRun",
                CreateTrackedRunRequest.getDefaultInstance(),
                Scope.RUNS_WRITE,
                runs::createTracked)
            .unary(
                "ReportActions",
                ReportTrackedActionsRequest.getDefaultInstance(),
                Scope.RUNS_WRITE,
                trackedActions::report);
    return shared(service).build();
  }

  private RpcService triggerService(Preparation strict) {
    return RpcService.of(TriggerServiceProto.getDescriptor().findServiceByName("TriggerService"))
        .preparing(strict)
        .unary(
            "DeployTrigger",
            DeployTriggerRequest.getDefaultInstance(),
            Scope.RUNS_WRITE,
            triggers::deploy)
        .build();
  }

  /** What both services offer. */
  private RpcService.Builder shared(RpcService.Builder service) {
    return service
        .unary(
            "AbortRun", AbortRunRequest.getDefaultInstance(), Scope.RUNS_WRITE, actions::abortRun)
        .unary(
            "GetRunDetails",
            GetRunDetailsRequest.getDefaultInstance(),
            Scope.RUNS_READ,
            runs::details)
        .streaming(
            "WatchRunDetails",
            WatchRunDetailsRequest.getDefaultInstance(),
            Scope.RUNS_READ,
            detailWatches::runDetails)
        .unary(
            "GetActionDetails",
            GetActionDetailsRequest.getDefaultInstance(),
            Scope.RUNS_READ,
            actions::details)
        .streaming(
            "WatchActionDetails",
            WatchActionDetailsRequest.getDefaultInstance(),
            Scope.RUNS_READ,
            detailWatches::actionDetails)
        .unary("ListRuns", ListRunsRequest.getDefaultInstance(), Scope.RUNS_READ, runs::list)
        .streaming(
            "WatchRuns", WatchRunsRequest.getDefaultInstance(), Scope.RUNS_READ, runWatches::runs)
        .unary(
            "ListActions", ListActionsRequest.getDefaultInstance(), Scope.RUNS_READ, actions::list)
        .streaming(
            "WatchActions",
            WatchActionsRequest.getDefaultInstance(),
            Scope.RUNS_READ,
            actionWatches::actions);
  }

  private RpcService stateService() {
    return RpcService.of(StateServiceProto.getDescriptor().findServiceByName("StateService"))
        .repeated("Put", PutRequest.getDefaultInstance(), Scope.RUNS_WRITE, states::put)
        .repeated("Get", GetRequest.getDefaultInstance(), Scope.RUNS_READ, states::get)
        .streaming("Watch", WatchRequest.getDefaultInstance(), Scope.RUNS_READ, states::watch)
        .build();
  }
}
