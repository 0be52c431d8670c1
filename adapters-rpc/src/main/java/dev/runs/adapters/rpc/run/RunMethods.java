package dev.runs.adapters.rpc.run;

import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.ActionMessages;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.action.Lists;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.CallBudget;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.CreateTrackedRunRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListRunsResponse;
import dev.runs.application.Caller;
import dev.runs.application.action.ActionView;
import dev.runs.application.action.ListActions;
import dev.runs.application.action.ShowActions;
import dev.runs.application.action.StartRun;

/** Makes runs, shows them and lists them. */
public final class RunMethods {

  private final Callers callers;
  private final StartRun startRun;
  private final ShowActions showActions;
  private final ListActions listActions;

  public RunMethods(
      Callers callers, StartRun startRun, ShowActions showActions, ListActions listActions) {
    this.callers = callers;
    this.startRun = startRun;
    this.showActions = showActions;
    this.listActions = listActions;
  }

  public CreateRunResponse create(Call call, CreateRunRequest request) {
    var organization =
        request.hasRunId() ? request.getRunId().getOrg() : request.getProjectId().getOrganization();
    var caller = callers.founding(call, organization);
    if (request.hasTriggerName()) {
      requireSame(organization, callers.in(call, request.getTriggerName().getOrg()), caller);
    }
    call.take(CallBudget.NEW_RUNS);
    return created(caller, startRun.start(caller, NewRuns.of(caller, organization, request)));
  }

  public CreateRunResponse createTracked(Call call, CreateTrackedRunRequest request) {
    var organization =
        request.hasRunId() ? request.getRunId().getOrg() : request.getProjectId().getOrganization();
    var caller = callers.founding(call, organization);
    call.take(CallBudget.NEW_RUNS);
    return created(caller, startRun.start(caller, NewRuns.of(caller, organization, request)));
  }

  /** A trigger starts runs of its own organization alone. */
  private static void requireSame(String organization, Caller ofTrigger, Caller ofRun) {
    if (!ofTrigger.organization().equals(ofRun.organization())) {
      throw RpcException.invalid("trigger_name.org", "must be " + organization + " as the run's");
    }
  }

  private CreateRunResponse created(Caller caller, ActionView root) {
    return CreateRunResponse.newBuilder().setRun(messages(caller).run(root)).build();
  }

  public GetRunDetailsResponse details(Call call, GetRunDetailsRequest request) {
    var caller = callers.in(call, request.getRunId().getOrg());
    var run = Identifiers.run(caller.organization(), request.getRunId());
    var details = showActions.details(caller, run.root());
    return GetRunDetailsResponse.newBuilder()
        .setDetails(messages(caller).runDetails(details))
        .build();
  }

  public ListRunsResponse list(Call call, ListRunsRequest request) {
    var caller = callers.in(call, organization(request));
    var page =
        listActions.roots(
            caller,
            scope(request),
            request.getPausedActionsOnly(),
            Lists.asked(request.getRequest()));
    var messages = messages(caller);
    var response = ListRunsResponse.newBuilder();
    page.items().forEach(view -> response.addRuns(messages.run(view)));
    page.next().ifPresent(response::setToken);
    return response.build();
  }

  private static String organization(ListRunsRequest request) {
    return switch (request.getScopeByCase()) {
      case ORG -> request.getOrg();
      case PROJECT_ID -> request.getProjectId().getOrganization();
      case TRIGGER_NAME -> request.getTriggerName().getOrg();
      case TASK_NAME -> request.getTaskName().getOrg();
      case TASK_ID -> request.getTaskId().getOrg();
      case SCOPEBY_NOT_SET -> throw new IllegalStateException("the rules want a scope");
    };
  }

  private static ListActions.Scope scope(ListRunsRequest request) {
    return switch (request.getScopeByCase()) {
      case ORG -> new ListActions.Scope.Organization();
      case PROJECT_ID ->
          new ListActions.Scope.InProject(
              request.getProjectId().getName(), request.getProjectId().getDomain());
      case TRIGGER_NAME -> {
        var name = request.getTriggerName();
        yield new ListActions.Scope.OfTrigger(
            new dev.runs.domain.action.TriggerName(
                name.getProject(), name.getDomain(), name.getName(), name.getTaskName()));
      }
      case TASK_NAME -> {
        var name = request.getTaskName();
        yield new ListActions.Scope.OfTaskName(name.getProject(), name.getDomain(), name.getName());
      }
      case TASK_ID -> new ListActions.Scope.OfTask(Identifiers.task(request.getTaskId()));
      case SCOPEBY_NOT_SET -> throw new IllegalStateException("the rules want a scope");
    };
  }

  private ActionMessages messages(Caller caller) {
    return new ActionMessages(callers.nameOf(caller.organization()));
  }
}
