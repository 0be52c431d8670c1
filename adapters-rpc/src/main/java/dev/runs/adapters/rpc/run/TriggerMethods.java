package dev.runs.adapters.rpc.run;

import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.Documents;
import dev.runs.adapters.rpc.action.Tasks;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.wire.common.TriggerIdentifier;
import dev.runs.adapters.rpc.wire.trigger.DeployTriggerRequest;
import dev.runs.adapters.rpc.wire.trigger.DeployTriggerResponse;
import dev.runs.adapters.rpc.wire.trigger.TriggerDetails;
import dev.runs.application.action.KeepTrigger;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.action.TaskGiven;
import dev.runs.domain.action.TaskId;
import dev.runs.domain.action.Trigger;
import dev.runs.domain.action.TriggerName;

/** Keeps triggers for those who start runs by their names. */
public final class TriggerMethods {

  private final Callers callers;
  private final KeepTrigger keepTrigger;

  public TriggerMethods(Callers callers, KeepTrigger keepTrigger) {
    this.callers = callers;
    this.keepTrigger = keepTrigger;
  }

  /** Adds a trigger, or replaces the revision that the request names. */
  public DeployTriggerResponse deploy(Call call, DeployTriggerRequest request) {
    var caller = callers.founding(call, request.getName().getOrg());
    var kept = keepTrigger.keep(caller, trigger(caller.organization(), request));
    var details =
        TriggerDetails.newBuilder()
            .setId(
                TriggerIdentifier.newBuilder()
                    .setName(request.getName())
                    .setRevision(kept.revision()))
            .setSpec(request.getSpec());
    if (request.hasAutomationSpec()) {
      details.setAutomationSpec(request.getAutomationSpec());
    }
    if (request.getSpec().hasDescription()) {
      details.setDescription(request.getSpec().getDescription());
    }
    return DeployTriggerResponse.newBuilder().setTrigger(details).build();
  }

  private static Trigger trigger(OrganizationId organization, DeployTriggerRequest request) {
    var name = request.getName();
    var spec = request.getSpec();
    var automation = request.getAutomationSpec();
    var task =
        new TaskId(
            name.getOrg(),
            name.getProject(),
            name.getDomain(),
            name.getTaskName(),
            spec.getTaskVersion());
    return new Trigger(
        organization,
        new TriggerName(name.getProject(), name.getDomain(), name.getName(), name.getTaskName()),
        request.getRevision(),
        request.hasAutomationSpec() ? automation.getType().name() : null,
        Documents.ofGiven(request.hasAutomationSpec(), automation),
        new TaskGiven(task, null, null, null, Tasks.function(task.name()), null),
        Documents.ofGiven(spec.hasInputs(), spec.getInputs()),
        Documents.ofGiven(spec.hasRunSpec(), spec.getRunSpec()));
  }
}
