package dev.runs.adapters.rpc.action;

import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.CallBudget;
import dev.runs.adapters.rpc.protocol.RpcCode;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.core.Literal;
import dev.runs.adapters.rpc.wire.core.LogContext;
import dev.runs.adapters.rpc.wire.task.Inputs;
import dev.runs.adapters.rpc.wire.task.NamedLiteral;
import dev.runs.adapters.rpc.wire.task.OutputReferences;
import dev.runs.adapters.rpc.wire.task.Outputs;
import dev.runs.adapters.rpc.wire.workflow.AbortActionRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortActionResponse;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextResponse;
import dev.runs.adapters.rpc.wire.workflow.ListActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.SignalEventRequest;
import dev.runs.adapters.rpc.wire.workflow.SignalEventResponse;
import dev.runs.application.Caller;
import dev.runs.application.action.ActionPayloads;
import dev.runs.application.action.ActionView;
import dev.runs.application.action.ListActions;
import dev.runs.application.action.ShowActions;
import dev.runs.application.action.SignalCondition;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.Document;
import java.util.Optional;

/** What clients ask about single actions, and do to them. */
public final class ActionMethods {

  private final Callers callers;
  private final ShowActions showActions;
  private final ListActions listActions;
  private final SignalCondition signalCondition;
  private final Aborts aborts;

  public ActionMethods(
      Callers callers,
      ShowActions showActions,
      ListActions listActions,
      SignalCondition signalCondition,
      Aborts aborts) {
    this.callers = callers;
    this.showActions = showActions;
    this.listActions = listActions;
    this.signalCondition = signalCondition;
    this.aborts = aborts;
  }

  /** Where an action is that a call names, and who names it. */
  private record Named(Caller caller, ActionAddress address, ActionMessages messages) {}

  private Named named(Call call, ActionIdentifier id) {
    var caller = callers.in(call, id.getRun().getOrg());
    return new Named(
        caller,
        Identifiers.action(caller.organization(), id),
        new ActionMessages(callers.nameOf(caller.organization())));
  }

  public GetActionDetailsResponse details(Call call, GetActionDetailsRequest request) {
    var named = named(call, request.getActionId());
    var details = showActions.details(named.caller(), named.address());
    return GetActionDetailsResponse.newBuilder()
        .setDetails(named.messages().details(details))
        .build();
  }

  public GetActionDataResponse data(Call call, GetActionDataRequest request) {
    var named = named(call, request.getActionId());
    var data = showActions.data(named.caller(), named.address());
    var response =
        GetActionDataResponse.newBuilder()
            .setInputs(Documents.read(data.inputs(), Inputs.newBuilder()));
    data.output().ifPresent(output -> response.setOutputs(outputs(data.action(), output)));
    return response.build();
  }

  /** Of a condition its value is the only output; others have given back named values. */
  private static Outputs outputs(ActionView action, Document output) {
    return switch (action.facts().type()) {
      case CONDITION ->
          Outputs.newBuilder()
              .addLiterals(
                  NamedLiteral.newBuilder()
                      .setName(action.run().origin().task())
                      .setValue(Documents.read(output, Literal.newBuilder())))
              .build();
      case TASK ->
          Outputs.newBuilder()
              .addLiterals(
                  NamedLiteral.newBuilder()
                      .setName("o0")
                      .setValue(Documents.read(output, Literal.newBuilder())))
              .build();
      case TRACE -> Outputs.getDefaultInstance();
    };
  }

  public GetActionDataURIsResponse dataUris(Call call, GetActionDataURIsRequest request) {
    var named = named(call, request.getActionId());
    var data = showActions.data(named.caller(), named.address());
    var response = GetActionDataURIsResponse.newBuilder();
    data.inputUri().ifPresent(response::setInputsUri);
    outputUri(data).ifPresent(response::setOutputsUri);
    return response.build();
  }

  private static Optional<String> outputUri(ActionPayloads data) {
    var isTrace = data.action().facts().type() == ActionType.TRACE;
    var references = isTrace ? data.output() : data.outputs();
    return references
        .map(its -> Documents.read(its, OutputReferences.newBuilder()).getOutputUri())
        .filter(uri -> !uri.isEmpty());
  }

  public GetActionLogContextResponse logContext(Call call, GetActionLogContextRequest request) {
    var named = named(call, request.getActionId());
    var details = showActions.details(named.caller(), named.address());
    var attempt =
        details.attempts().stream()
            .filter(one -> one.number() == request.getAttempt())
            .findFirst()
            .orElseThrow(() -> missing("attempt " + request.getAttempt(), named.address()));
    var context = attempt.logContext().orElseThrow(() -> missing("log context", named.address()));
    var response =
        GetActionLogContextResponse.newBuilder()
            .setLogContext(Documents.read(context, LogContext.newBuilder()))
            .setStartTime(Moments.of(attempt.startedAt()));
    attempt.cluster().ifPresent(response::setCluster);
    attempt.endedAt().ifPresent(end -> response.setEndTime(Moments.of(end)));
    return response.build();
  }

  private static RpcException missing(String what, ActionAddress address) {
    return new RpcException(RpcCode.NOT_FOUND, "%s has no %s".formatted(address, what));
  }

  public ListActionsResponse list(Call call, ListActionsRequest request) {
    var caller = callers.in(call, request.getRunId().getOrg());
    var messages = new ActionMessages(callers.nameOf(caller.organization()));
    var page =
        listActions.ofRun(
            caller,
            Identifiers.run(caller.organization(), request.getRunId()),
            Lists.asked(request.getRequest()));
    var response = ListActionsResponse.newBuilder();
    page.items().forEach(view -> response.addActions(messages.action(view)));
    page.next().ifPresent(response::setToken);
    return response.build();
  }

  public AbortActionResponse abort(Call call, AbortActionRequest request) {
    var named = named(call, request.getActionId());
    call.take(CallBudget.CANCELLATIONS);
    aborts.abort(named.caller(), named.address(), request.getReason());
    return AbortActionResponse.getDefaultInstance();
  }

  public AbortRunResponse abortRun(Call call, AbortRunRequest request) {
    var caller = callers.in(call, request.getRunId().getOrg());
    var run = Identifiers.run(caller.organization(), request.getRunId());
    call.take(CallBudget.CANCELLATIONS);
    aborts.abort(caller, run.root(), request.getReason());
    return AbortRunResponse.getDefaultInstance();
  }

  public SignalEventResponse signal(Call call, SignalEventRequest request) {
    var named = named(call, request.getActionId());
    var organization = callers.nameOf(named.caller().organization());
    signalCondition.signal(
        named.caller(),
        named.address(),
        spec -> Signals.value(spec, request.getPayload()),
        Documents.of(Identities.of(named.caller().principal(), organization)));
    return SignalEventResponse.getDefaultInstance();
  }
}
