package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Slug;
import java.util.Optional;

/** Shows the projects of an organization. */
public final class ShowProjects {

  /** How many projects a page has at most. */
  public static final int LARGEST_PAGE = 100;

  private final Projects projects;

  public ShowProjects(Projects projects) {
    this.projects = projects;
  }

  /**
   * The projects of the organization in which the caller acts, in the order of their slugs.
   *
   * @param beginning how their slugs begin; empty for all
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<Project> list(Caller caller, String beginning, Optional<String> cursor, int limit) {
    var after = cursor.map(ShowProjects::place);
    var reach = caller.reach().in(caller.organization()).orElseThrow();
    return Page.cut(
        projects.list(reach, beginning, after, limit + 1),
        limit,
        project -> Cursor.of(project.slug().value()));
  }

  /**
   * The project that the organization in which the caller acts calls so.
   *
   * @throws AccessRejected.ProjectNotFound when there is none within the caller's reach
   */
  public Project show(Caller caller, ProjectRef ref) {
    return projects.reached(caller, ref);
  }

  private static Slug place(String cursor) {
    try {
      return new Slug(Cursor.text(cursor));
    } catch (AccessRejected.BadSlug e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
