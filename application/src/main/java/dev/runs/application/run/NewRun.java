package dev.runs.application.run;

import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunOrigin;
import java.util.Optional;

/**
 * A run that a client has begun to execute.
 *
 * @param project where a root is made, and where the parent of any other run must be; nothing for
 *     where the parent is, or for the usual project of a root
 */
public record NewRun(
    Owner owner,
    Optional<ProjectRef> project,
    RunOrigin origin,
    RunLabels labels,
    Optional<Parent> parent) {

  /** Whose run it is. */
  public sealed interface Owner {

    /** An organization and a user that were registered before. */
    record Registered(OrganizationId organization, Optional<UserId> user) implements Owner {}

    /** An organization and a user that are registered now, unless they are already. */
    record External(ExternalId organization, Optional<ExternalId> user) implements Owner {}
  }

  /** The run above. */
  public sealed interface Parent {

    record Existing(RunId run) implements Parent {}

    /**
     * A run of the same batch.
     *
     * @param index of the parent, counted from 0; before the child's own
     */
    record InBatch(int index) implements Parent {}
  }
}
