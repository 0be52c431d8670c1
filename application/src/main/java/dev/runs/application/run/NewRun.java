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
import dev.runs.domain.run.RunState;
import dev.runs.domain.secret.Input;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be made.
 *
 * @param project where a root is made, and where the parent of any other run must be; nothing for
 *     where the parent is, or for the usual project of a root
 * @param given all that the client has given, as it has given it; it must hold no credential
 * @param job the work that is wanted; nothing when its client has begun it elsewhere
 * @param standing where it stands when its client executes it; nothing when it starts now
 */
public record NewRun(
    Owner owner,
    Optional<ProjectRef> project,
    RunOrigin origin,
    RunLabels labels,
    Optional<Parent> parent,
    Input given,
    Optional<JobRequest> job,
    Optional<Standing> standing) {

  /**
   * Where a run stands that is executed elsewhere.
   *
   * @param startedAt when it started; nothing when it has not
   */
  public record Standing(RunState state, Optional<Instant> startedAt) {}

  /** A run that its client has begun to execute. */
  public static NewRun tracked(
      Owner owner,
      Optional<ProjectRef> project,
      RunOrigin origin,
      RunLabels labels,
      Optional<Parent> parent,
      Input given) {
    return new NewRun(
        owner, project, origin, labels, parent, given, Optional.empty(), Optional.empty());
  }

  /** A run that its client executes and that stands somewhere already. */
  public static NewRun begun(
      OrganizationId organization,
      Optional<ProjectRef> project,
      RunOrigin origin,
      Optional<Parent> parent,
      Input given,
      Standing standing) {
    return new NewRun(
        new Owner.Registered(organization, Optional.empty()),
        project,
        origin,
        RunLabels.NONE,
        parent,
        given,
        Optional.empty(),
        Optional.of(standing));
  }

  /** A run that its client has begun to execute, of which these parts are all that was given. */
  public static NewRun tracked(
      Owner owner,
      Optional<ProjectRef> project,
      RunOrigin origin,
      RunLabels labels,
      Optional<Parent> parent) {
    return tracked(owner, project, origin, labels, parent, texts(origin, labels));
  }

  /** A run that is to wait until a worker claims it. */
  public static NewRun queued(
      OrganizationId organization,
      Optional<ProjectRef> project,
      Optional<Parent> parent,
      JobRequest job,
      Input given) {
    return new NewRun(
        new Owner.Registered(organization, Optional.empty()),
        project,
        new RunOrigin(Kind.SERVICE, job.kind().value()),
        RunLabels.NONE,
        parent,
        given,
        Optional.of(job),
        Optional.empty());
  }

  private static Input texts(RunOrigin origin, RunLabels labels) {
    var texts = new LinkedHashMap<String, Input>();
    texts.put("serviceName", new Input.Text(origin.service()));
    texts.put("taskName", new Input.Text(origin.task()));
    put("appId", labels.app(), texts);
    put("brandId", labels.brand(), texts);
    put("campaignId", labels.campaign(), texts);
    return new Input.Members(texts);
  }

  private static void put(String name, @Nullable String text, Map<String, Input> texts) {
    if (text != null) {
      texts.put(name, new Input.Text(text));
    }
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
