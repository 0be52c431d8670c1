package dev.runs.adapters.rpc.action;

import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.core.Identifier;
import dev.runs.adapters.rpc.wire.task.TaskIdentifier;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.action.TaskId;

/** Where runs and actions are found, as messages say it. */
public final class Identifiers {

  private Identifiers() {}

  /**
   * @param organization the one in which the call acts
   */
  public static RunAddress run(OrganizationId organization, RunIdentifier id) {
    return new RunAddress(organization, id.getProject(), id.getDomain(), id.getName());
  }

  /**
   * @param organization the one in which the call acts
   * @throws RpcException when it names no run
   */
  public static ActionAddress action(OrganizationId organization, ActionIdentifier id) {
    if (!id.hasRun()) {
      throw RpcException.invalid("action_id.run", "is needed");
    }
    return run(organization, id.getRun()).action(id.getName());
  }

  /**
   * @param organization its external id
   */
  public static RunIdentifier run(String organization, RunAddress address) {
    return RunIdentifier.newBuilder()
        .setOrg(organization)
        .setProject(address.project())
        .setDomain(address.domain())
        .setName(address.name())
        .build();
  }

  /**
   * @param organization its external id
   */
  public static ActionIdentifier action(String organization, ActionAddress address) {
    return ActionIdentifier.newBuilder()
        .setRun(run(organization, address.run()))
        .setName(address.name())
        .build();
  }

  public static TaskId task(TaskIdentifier id) {
    return new TaskId(id.getOrg(), id.getProject(), id.getDomain(), id.getName(), id.getVersion());
  }

  /** A task as its own specification names it. */
  public static TaskId task(Identifier id, String name) {
    return new TaskId(id.getOrg(), id.getProject(), id.getDomain(), name, id.getVersion());
  }

  public static TaskIdentifier task(TaskId id) {
    return TaskIdentifier.newBuilder()
        .setOrg(id.organization())
        .setProject(id.project())
        .setDomain(id.domain())
        .setName(id.name())
        .setVersion(id.version())
        .build();
  }
}
