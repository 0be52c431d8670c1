package dev.runs.adapters.rpc.executor;

import com.google.rpc.Status;
import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.Failures;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.protocol.RpcService;
import dev.runs.adapters.rpc.protocol.Sink;
import dev.runs.adapters.rpc.protocol.Source;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.workflow.ActionEvent;
import dev.runs.adapters.rpc.wire.workflow.EventsProxyServiceProto;
import dev.runs.adapters.rpc.wire.workflow.InternalRunServiceProto;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventStreamRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventStreamResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventsRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionEventsResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionStreamRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionStreamResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordResponse;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusResponse;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusStreamRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusStreamResponse;
import dev.runs.application.ItemResult;
import dev.runs.application.action.Heard;
import dev.runs.application.action.ReportActions;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Where executors report: of actions, of their status, and of what happens to their attempts. */
public final class ExecutorServices {

  private static final Status OK = Status.getDefaultInstance();

  private final Callers callers;
  private final ReportActions reportActions;
  private final Reports reports;

  public ExecutorServices(Callers callers, ReportActions reportActions, InstantSource clock) {
    this.callers = callers;
    this.reportActions = reportActions;
    this.reports = new Reports(clock);
  }

  /** {@code InternalRunService}: what is refused is told within the answer. */
  public RpcService internalRunService() {
    return RpcService.of(
            InternalRunServiceProto.getDescriptor().findServiceByName("InternalRunService"))
        .unary(
            "RecordAction",
            RecordActionRequest.getDefaultInstance(),
            Scope.RUNS_WRITE,
            this::recordAction)
        .bidi(
            "RecordActionStream",
            RecordActionStreamRequest.getDefaultInstance(),
            Scope.RUNS_WRITE,
            this::recordActions)
        .unary(
            "UpdateActionStatus",
            UpdateActionStatusRequest.getDefaultInstance(),
            Scope.RUNS_WRITE,
            this::updateStatus)
        .bidi(
            "UpdateActionStatusStream",
            UpdateActionStatusStreamRequest.getDefaultInstance(),
            Scope.RUNS_WRITE,
            this::updateStatuses)
        .unary(
            "RecordActionEvents",
            RecordActionEventsRequest.getDefaultInstance(),
            Scope.RUNS_WRITE,
            this::recordEvents)
        .bidi(
            "RecordActionEventStream",
            RecordActionEventStreamRequest.getDefaultInstance(),
            Scope.RUNS_WRITE,
            this::recordEventStream)
        .build();
  }

  /** {@code EventsProxyService}: what is refused fails the call. */
  public RpcService eventsProxyService() {
    return RpcService.of(
            EventsProxyServiceProto.getDescriptor().findServiceByName("EventsProxyService"))
        .unary("Record", RecordRequest.getDefaultInstance(), Scope.RUNS_WRITE, this::proxied)
        .build();
  }

  private RecordActionResponse recordAction(Call call, RecordActionRequest request) {
    var status =
        told(() -> {
          var caller = callers.in(call, organization(request.getActionId()));
          reportActions.record(caller, reports.recorded(caller.organization(), request));
        });
    return RecordActionResponse.newBuilder()
        .setActionId(request.getActionId())
        .setStatus(status)
        .build();
  }

  private void recordActions(
      Call call, Source<RecordActionStreamRequest> source, Sink<RecordActionStreamResponse> sink) {
    for (var next = source.next(); next.isPresent(); next = source.next()) {
      sink.send(
          RecordActionStreamResponse.newBuilder()
              .setResponse(recordAction(call, next.get().getRequest()))
              .build());
    }
  }

  private UpdateActionStatusResponse updateStatus(Call call, UpdateActionStatusRequest request) {
    var status =
        told(() -> {
          var caller = callers.in(call, organization(request.getActionId()));
          reportActions.status(
              caller,
              Identifiers.action(caller.organization(), request.getActionId()),
              reports.status(request));
        });
    return UpdateActionStatusResponse.newBuilder()
        .setActionId(request.getActionId())
        .setStatus(status)
        .build();
  }

  private void updateStatuses(
      Call call,
      Source<UpdateActionStatusStreamRequest> source,
      Sink<UpdateActionStatusStreamResponse> sink) {
    for (var next = source.next(); next.isPresent(); next = source.next()) {
      sink.send(
          UpdateActionStatusStreamResponse.newBuilder()
              .setResponse(updateStatus(call, next.get().getRequest()))
              .setNonce(next.get().getNonce())
              .build());
    }
  }

  private RecordActionEventsResponse recordEvents(Call call, RecordActionEventsRequest request) {
    return RecordActionEventsResponse.newBuilder()
        .setStatus(told(() -> record(call, request.getEventsList())))
        .build();
  }

  private void recordEventStream(
      Call call,
      Source<RecordActionEventStreamRequest> source,
      Sink<RecordActionEventStreamResponse> sink) {
    for (var next = source.next(); next.isPresent(); next = source.next()) {
      var event = next.get().getRequest().getEvent();
      sink.send(
          RecordActionEventStreamResponse.newBuilder()
              .setResponse(
                  RecordActionEventResponse.newBuilder()
                      .setActionId(event.getId())
                      .setStatus(told(() -> record(call, List.of(event)))))
              .setNonce(next.get().getNonce())
              .build());
    }
  }

  private RecordResponse proxied(Call call, RecordRequest request) {
    record(call, request.getEventsList());
    return RecordResponse.getDefaultInstance();
  }

  /** All events that can be heard are; then the first that cannot fails the call. */
  private void record(Call call, List<ActionEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    var caller = callers.in(call, organization(events.getFirst().getId()));
    var heard =
        reportActions.events(
            caller,
            events.stream()
                .map(event -> {
                  var own = callers.in(call, organization(event.getId())).organization();
                  if (!own.equals(caller.organization())) {
                    throw RpcException.invalid("events", "must belong to one organization");
                  }
                  return reports.event(own, event);
                })
                .toList());
    for (var i = 0; i < heard.size(); i++) {
      if (heard.get(i) instanceof ItemResult.Refused<Heard>(var rejection)) {
        var failure = Failures.of(rejection);
        throw new RpcException(failure.code(), "events[" + i + "]: " + failure.sentence())
            .withReason(rejection.code());
      }
    }
  }

  private static String organization(ActionIdentifier id) {
    return id.getRun().getOrg();
  }

  private static Status told(Runnable report) {
    return refusal(report).map(ExecutorServices::status).orElse(OK);
  }

  private static Optional<RpcException> refusal(Runnable report) {
    try {
      report.run();
      return Optional.empty();
    } catch (RpcException failure) {
      return Optional.of(failure);
    } catch (Rejection rejection) {
      return Optional.of(Failures.of(rejection));
    }
  }

  /** A failure as it stands within an answer. */
  static Status status(RpcException failure) {
    return Status.newBuilder()
        .setCode(failure.code().number())
        .setMessage(failure.sentence())
        .build();
  }
}
