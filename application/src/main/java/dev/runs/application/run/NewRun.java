package dev.runs.application.run;

import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.UserId;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunOrigin;
import java.util.Optional;

/**
 * A run that is to be made.
 *
 * @param project where a root is made, and where the parent of any other run must be; nothing for
 *     where the parent is, or for the usual project of a root
 * @param job the work that is wanted; nothing when its client has begun it elsewhere
 */
public record NewRun(
    Owner owner,
    Optional<ProjectRef> project,
    RunOrigin origin,
    RunLabels labels,
    Optional<Parent> parent,
    Optional<JobRequest> job) {

  /** A run that its client has begun to execute. */
  public static NewRun tracked(
      Owner owner,
      Optional<ProjectRef> project,
      RunOrigin origin,
      RunLabels labels,
      Optional<Parent> parent) {
    return new NewRun(owner, project, origin, labels, parent, Optional.empty());
  }

  /** A run that is to wait until a worker claims it. */
  public static NewRun queued(
      OrganizationId organization,
      Optional<ProjectRef> project,
      Optional<Parent> parent,
      JobRequest job) {
    return new NewRun(
        new Owner.Registered(organization, Optional.empty()),
        project,
        new RunOrigin(Kind.SERVICE, job.kind().value()),
        RunLabels.NONE,
        parent,
        Optional.of(job));
  }

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
