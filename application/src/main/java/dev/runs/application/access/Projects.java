package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import java.util.List;
import java.util.Optional;

/** The projects of organizations. Each organization has {@code default} from its beginning. */
public interface Projects {

  /**
   * @throws AccessRejected.SlugTaken when the organization has a project of this slug
   */
  void add(Project project);

  /** The project that an organization calls by this id or slug. */
  Optional<Project> find(OrganizationId organization, ProjectRef ref);

  /**
   * The project that the organization in which a caller acts calls so.
   *
   * @throws AccessRejected.ProjectNotFound when there is none within the caller's reach
   */
  default Project reached(Caller caller, ProjectRef ref) {
    return find(caller.organization(), ref)
        .filter(project -> caller.reach().includes(project.organization(), project.slug()))
        .orElseThrow(AccessRejected.ProjectNotFound::new);
  }

  /** As {@link #find}; the project found is not removed before the transaction ends. */
  Optional<Project> hold(OrganizationId organization, ProjectRef ref);

  /**
   * In the order of their slugs.
   *
   * @param beginning how their slugs begin; empty for all
   * @param after the project behind which to go on; nothing for the first page
   */
  List<Project> list(Reach.Within reach, String beginning, Optional<Slug> after, int limit);

  /** Replaces the name and description of a project. */
  void save(Project project);

  /**
   * Removes the project when there are no runs in it, in one step.
   *
   * @throws AccessRejected.ProjectHasRuns when there are some
   */
  void remove(Project project);
}
