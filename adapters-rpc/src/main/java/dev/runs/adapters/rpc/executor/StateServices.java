package dev.runs.adapters.rpc.executor;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Status;
import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.Documents;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.action.Phases;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.Failures;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.protocol.Sink;
import dev.runs.adapters.rpc.watch.Changes;
import dev.runs.adapters.rpc.wire.core.ExecutionError;
import dev.runs.adapters.rpc.wire.core.Literal;
import dev.runs.adapters.rpc.wire.task.OutputReferences;
import dev.runs.adapters.rpc.wire.workflow.ActionUpdate;
import dev.runs.adapters.rpc.wire.workflow.ControlMessage;
import dev.runs.adapters.rpc.wire.workflow.GetRequest;
import dev.runs.adapters.rpc.wire.workflow.GetResponse;
import dev.runs.adapters.rpc.wire.workflow.PutRequest;
import dev.runs.adapters.rpc.wire.workflow.PutResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchResponse;
import dev.runs.application.Caller;
import dev.runs.application.action.ActionCriterion.Operator;
import dev.runs.application.action.ActionDetails;
import dev.runs.application.action.ActionDetails.End;
import dev.runs.application.action.ActionView;
import dev.runs.application.action.ListActions;
import dev.runs.application.action.ReportActions;
import dev.runs.application.action.ShowActions;
import dev.runs.application.event.Change;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventTail;
import dev.runs.application.event.SharedReads;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.NewAction;
import dev.runs.domain.action.StatusReport;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the first executors told the phase of an action: as a JSON object of the action's id, its
 * phase and the moment.
 */
public final class StateServices {

  private static final String PHASE = "phase";
  private static final String TIMESTAMP = "timestamp";
  private static final int CHILDREN_AT_ONCE = ShowActions.MOST_DETAILS;

  /** Children that changed last and are kept for all who follow them. */
  private static final int MOST_SHARED = 1_000;

  private final Callers callers;
  private final ReportActions reportActions;
  private final ShowActions showActions;
  private final ListActions listActions;
  private final EventTail tail;
  private final SharedReads<OfParent, RunId, ActionDetails> reads;
  private final InstantSource clock;

  public StateServices(
      Callers callers,
      ReportActions reportActions,
      ShowActions showActions,
      ListActions listActions,
      EventTail tail,
      InstantSource clock) {
    this.callers = callers;
    this.reportActions = reportActions;
    this.showActions = showActions;
    this.listActions = listActions;
    this.tail = tail;
    this.reads = new SharedReads<>(tail, MOST_SHARED);
    this.clock = clock;
  }

  /** Hears how an action is; makes it below its parent when it is not there yet. */
  public PutResponse put(Call call, PutRequest request) {
    var response = PutResponse.newBuilder().setActionId(request.getActionId());
    try {
      put(callers.in(call, request.getActionId().getRun().getOrg()), request);
      return response.setStatus(Status.getDefaultInstance()).build();
    } catch (RpcException failure) {
      return response.setStatus(ExecutorServices.status(failure)).build();
    } catch (Rejection rejection) {
      return response.setStatus(ExecutorServices.status(Failures.of(rejection))).build();
    }
  }

  private void put(Caller caller, PutRequest request) {
    var address = Identifiers.action(caller.organization(), request.getActionId());
    var state = state(request.getState());
    var phase = phase(state);
    var at = moment(state);
    var status =
        new StatusReport(
            phase, 0, null, null, phase.isTerminal() ? at : null, null, null, null, null);
    if (address.isRoot()) {
      reportActions.status(caller, address, status);
    } else {
      reportActions.recordWithStatus(
          caller, below(address, request.getParentActionName(), at), status);
    }
  }

  /** All that a state tells of an action that nobody has recorded. */
  private static NewAction below(ActionAddress address, String parent, Instant at) {
    return new NewAction(
        address,
        parent.isEmpty() ? null : parent,
        ActionType.TASK,
        address.name(),
        null,
        null,
        null,
        null,
        null,
        null,
        at,
        null,
        null);
  }

  private static Struct state(String text) {
    try {
      var state = Struct.newBuilder();
      JsonFormat.parser().merge(text, state);
      return state.build();
    } catch (InvalidProtocolBufferException e) {
      throw RpcException.invalid("state", "must be a JSON object with a phase");
    }
  }

  private static ActionPhase phase(Struct state) {
    var value = state.getFieldsOrDefault(PHASE, Value.getDefaultInstance());
    var text =
        value.hasNumberValue()
            ? Integer.toString((int) value.getNumberValue())
            : value.getStringValue();
    return ActionPhase.ofText(text)
        .orElseThrow(() -> RpcException.invalid("state.phase", "must be a phase"));
  }

  private Instant moment(Struct state) {
    var text = state.getFieldsOrDefault(TIMESTAMP, Value.getDefaultInstance()).getStringValue();
    if (text.isEmpty()) {
      return clock.instant();
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw RpcException.invalid("state.timestamp", "must be a moment as in RFC 3339");
    }
  }

  /** Tells how an action is, in the way in which it is put. */
  public GetResponse get(Call call, GetRequest request) {
    var response = GetResponse.newBuilder().setActionId(request.getActionId());
    try {
      var caller = callers.in(call, request.getActionId().getRun().getOrg());
      var address = Identifiers.action(caller.organization(), request.getActionId());
      var view = showActions.show(caller, address);
      return response
          .setState(Documents.json(state(view)))
          .setStatus(Status.getDefaultInstance())
          .build();
    } catch (RpcException failure) {
      return response.setStatus(ExecutorServices.status(failure)).build();
    } catch (Rejection rejection) {
      return response.setStatus(ExecutorServices.status(Failures.of(rejection))).build();
    }
  }

  private static Struct state(ActionView view) {
    return Struct.newBuilder()
        .putFields(PHASE, text("PHASE_" + view.phase().name()))
        .putFields("actionId", text(view.address().run().name() + "/" + view.address().name()))
        .putFields(TIMESTAMP, text(view.run().updatedAt().toString()))
        .build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  /**
   * Sends how the children of an action are, a sign that these were all, and then each that is new
   * or has changed; ends when the parent has ended.
   */
  public void watch(Call call, WatchRequest request, Sink<WatchResponse> sink)
      throws InterruptedException {
    var id = request.getParentActionId();
    var caller = callers.in(call, id.getRun().getOrg());
    var address = Identifiers.action(caller.organization(), id);
    var parent = showActions.find(caller, address).path();
    var organization = callers.nameOf(caller.organization());
    try (var changes = Changes.of(call, tail, EventSelection.ofTree(parent));
        var shared = reads.join(new OfParent(caller.reach(), parent.run()))) {
      for (var next = changes.next(); next.isPresent(); next = changes.next()) {
        if (next.get().isSilent()) {
          if (changes.mustSpeak()) {
            sink.send(WatchResponse.getDefaultInstance());
          }
          continue;
        }
        // asked first: what was told of the children before that is then sent, too
        var wanted = next.get().isAnew() ? Long.MAX_VALUE : next.get().position();
        var now = read(shared, caller, Map.of(parent.run(), wanted)).get(parent.run());
        if (now == null) {
          throw new ActionRejected.NotFound(address);
        }
        var isOver = now.action().run().stateName().isTerminal();
        if (next.get().isAnew()) {
          sendAll(caller, address, organization, sink);
          sink.send(
              WatchResponse.newBuilder()
                  .setControlMessage(ControlMessage.newBuilder().setSentinel(true))
                  .build());
        } else if (isOver) {
          // what tells of the children's ends may still be under way
          sendAll(caller, address, organization, sink);
        } else {
          var children =
              next.get().changes().stream()
                  .filter(change -> parent.run().equals(change.path().parent()))
                  .toList();
          sendChanged(shared, caller, children, organization, sink);
        }
        if (isOver) {
          return;
        }
      }
    }
  }

  /** Those who follow the children of one action and may see the same. */
  private record OfParent(Reach reach, RunId parent) {}

  private Map<RunId, ActionDetails> read(
      SharedReads<OfParent, RunId, ActionDetails>.Membership shared,
      Caller caller,
      Map<RunId, Long> wanted) {
    return shared.read(wanted, ids -> showActions.detailsOf(caller.reach(), ids));
  }

  private void sendChanged(
      SharedReads<OfParent, RunId, ActionDetails>.Membership shared,
      Caller caller,
      List<Change> children,
      String organization,
      Sink<WatchResponse> sink) {
    for (var from = 0; from < children.size(); from += CHILDREN_AT_ONCE) {
      var wanted = new LinkedHashMap<RunId, Long>();
      children
          .subList(from, Math.min(children.size(), from + CHILDREN_AT_ONCE))
          .forEach(change -> wanted.put(change.run(), change.position()));
      var details = read(shared, caller, wanted);
      wanted.keySet().stream()
          .map(details::get)
          .filter(Objects::nonNull)
          .forEach(child -> sink.send(updated(child, organization)));
    }
  }

  private static WatchResponse updated(ActionDetails details, String organization) {
    return WatchResponse.newBuilder().setActionUpdate(update(details, organization)).build();
  }

  private void sendAll(
      Caller caller, ActionAddress parent, String organization, Sink<WatchResponse> sink) {
    var token = "";
    do {
      var page =
          listActions.ofRun(
              caller,
              parent.run(),
              new ListActions.Asked(
                  CHILDREN_AT_ONCE,
                  token,
                  List.of(
                      new ListActions.Filter(
                          "parent_name", Operator.EQUAL, List.of(parent.name()))),
                  List.of(new ListActions.Sort("created_at", true))));
      send(caller, page.items().stream().map(view -> view.run().id()).toList(), organization, sink);
      token = page.next().orElse("");
    } while (!token.isEmpty());
  }

  private void send(Caller caller, List<RunId> ids, String organization, Sink<WatchResponse> sink) {
    for (var from = 0; from < ids.size(); from += CHILDREN_AT_ONCE) {
      var some = ids.subList(from, Math.min(ids.size(), from + CHILDREN_AT_ONCE));
      for (var details : showActions.detailsOf(caller.reach(), some).values()) {
        sink.send(updated(details, organization));
      }
    }
  }

  private static ActionUpdate update(ActionDetails details, String organization) {
    var view = details.action();
    var update =
        ActionUpdate.newBuilder()
            .setActionId(Identifiers.action(organization, view.address()))
            .setPhase(Phases.of(view.phase()));
    switch (details.end()) {
      case End.Failed(var error) ->
          update.setError(
              ExecutionError.newBuilder()
                  .setMessage(error.message())
                  .setKind(
                      switch (error.kind()) {
                        case USER -> ExecutionError.ErrorKind.USER;
                        case SYSTEM -> ExecutionError.ErrorKind.SYSTEM;
                        case UNSPECIFIED -> ExecutionError.ErrorKind.UNKNOWN;
                      }));
      case End.Signalled(var value, _) ->
          update.setValue(Documents.read(value, Literal.newBuilder()));
      case End.None() -> {
        // nothing is to be told beside the phase
      }
      case End.Aborted(_, _, _) -> {
        // the phase tells it
      }
    }
    if (!details.attempts().isEmpty()) {
      details
          .attempts()
          .getLast()
          .outputs()
          .ifPresent(outputs ->
              update.setOutputUri(
                  Documents.read(outputs, OutputReferences.newBuilder()).getOutputUri()));
    }
    return update.build();
  }
}
