package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.access.Projects;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunSpace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds out in which projects something new of one batch belongs. */
public final class Spaces {

  private static final String FIELD = "projectId";

  private record Named(OrganizationId organization, ProjectRef ref) {}

  private final Projects projects;
  private final Map<Named, Optional<Slug>> known = new HashMap<>();

  public Spaces(Projects projects) {
    this.projects = projects;
  }

  /**
   * A run below another one is where that is. A root is in the project it names; without a name, in
   * the only project to which its caller is bound, or else in {@code default}.
   *
   * @throws AccessRejected.UnknownProject when there is no such project within the caller's reach
   * @throws RunRejected.OtherProject when the parent is in another one
   */
  public RunSpace of(
      Caller caller, OrganizationId organization, Optional<ProjectRef> ref, Optional<Run> parent) {
    var named = ref.map(its -> named(organization, its));
    if (parent.isPresent()) {
      var space = parent.get().space();
      if (named.isPresent() && !named.get().equals(space.project())) {
        throw new RunRejected.OtherProject();
      }
      return space;
    }
    var project =
        named.orElseGet(() ->
            usual(caller.reach(), organization)
                .map(slug -> named(organization, new ProjectRef.BySlug(slug)))
                .orElse(Slug.DEFAULT));
    if (!caller.reach().includes(organization, project)) {
      throw new AccessRejected.UnknownProject(FIELD);
    }
    return new RunSpace(project, RunSpace.PRODUCTION);
  }

  private Slug named(OrganizationId organization, ProjectRef ref) {
    return known
        .computeIfAbsent(
            new Named(organization, ref),
            asked -> projects.hold(asked.organization(), asked.ref()).map(Project::slug))
        .orElseThrow(() -> new AccessRejected.UnknownProject(FIELD));
  }

  private static Optional<Slug> usual(Reach reach, OrganizationId organization) {
    return reach
        .in(organization)
        .map(Reach.Within::projects)
        .filter(bound -> bound.size() == 1)
        .map(bound -> bound.iterator().next());
  }
}
