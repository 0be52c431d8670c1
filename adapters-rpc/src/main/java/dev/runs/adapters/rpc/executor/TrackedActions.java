package dev.runs.adapters.rpc.executor;

import com.google.rpc.Status;
import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.Failures;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.workflow.ReportTrackedActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ReportTrackedActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.TrackedActionUpdate;
import dev.runs.application.ItemResult;
import dev.runs.application.action.Heard;
import dev.runs.application.action.ReportActions;
import dev.runs.domain.Rejection;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.action.TrackedUpdate;
import java.time.InstantSource;
import java.util.ArrayList;

/** What clients say of runs that they execute elsewhere. */
public final class TrackedActions {

  private final Callers callers;
  private final ReportActions reportActions;
  private final Reports reports;

  public TrackedActions(Callers callers, ReportActions reportActions, InstantSource clock) {
    this.callers = callers;
    this.reportActions = reportActions;
    this.reports = new Reports(clock);
  }

  /** Hears each update for itself, and tells of each what became of it. */
  public ReportTrackedActionsResponse report(Call call, ReportTrackedActionsRequest request) {
    var caller = callers.in(call, request.getRunId().getOrg());
    var run = Identifiers.run(caller.organization(), request.getRunId());
    var statuses = new ArrayList<Status>();
    var heard = new ArrayList<TrackedUpdate>();
    var places = new ArrayList<Integer>();
    for (var update : request.getUpdatesList()) {
      try {
        heard.add(update(request.getRunId(), run, update));
        places.add(statuses.size());
        statuses.add(Status.getDefaultInstance());
      } catch (RpcException failure) {
        statuses.add(ExecutorServices.status(failure));
      } catch (Rejection rejection) {
        statuses.add(ExecutorServices.status(Failures.of(rejection)));
      }
    }
    var results = reportActions.updates(caller, heard);
    for (var i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof ItemResult.Refused<Heard>(var rejection)) {
        statuses.set(places.get(i), ExecutorServices.status(Failures.of(rejection)));
      }
    }
    return ReportTrackedActionsResponse.newBuilder().addAllStatuses(statuses).build();
  }

  /** An update is about an action of the run of the request, whatever else its id says. */
  private TrackedUpdate update(RunIdentifier id, RunAddress run, TrackedActionUpdate update) {
    var name = update.getEvent().getId().getName();
    var action = ActionIdentifier.newBuilder().setRun(id).setName(name).build();
    return reports.update(action, run.action(name), update);
  }
}
