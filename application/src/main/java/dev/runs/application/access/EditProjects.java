package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Description;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Slug;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Makes, changes and deletes projects of the organization in which the caller acts. */
public final class EditProjects {

  private final Projects projects;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;
  private final InstantSource clock;

  public EditProjects(
      Projects projects, Transactions transactions, Auditor auditor, Ids ids, InstantSource clock) {
    this.projects = projects;
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * @throws AccessRejected.ProjectNotFound when the caller is bound to projects, for none of them
   *     could be the new one
   * @throws AccessRejected.SlugTaken when the organization has a project of this slug
   */
  public Project create(
      Caller caller,
      Slug slug,
      DisplayName name,
      Description description,
      Receipt<Project> receipt) {
    caller.require(Scope.ORG_ADMIN);
    if (!caller.reach().includes(caller.organization(), slug)) {
      throw new AccessRejected.ProjectNotFound();
    }
    var now = clock.instant();
    var project =
        new Project(
            new ProjectId(ids.next()), caller.organization(), slug, name, description, now, now);
    return transactions.inTransaction(
        receipt,
        () -> {
          projects.add(project);
          note(caller, project, AuditAction.PROJECT_CREATED);
          return project;
        });
  }

  /**
   * @param name nothing leaves it as it is
   * @param description nothing leaves it as it is
   * @throws AccessRejected.ProjectNotFound when there is none within the caller's reach
   */
  public Project change(
      Caller caller,
      ProjectRef ref,
      Optional<DisplayName> name,
      Optional<Description> description) {
    caller.require(Scope.ORG_ADMIN);
    return transactions.inTransaction(() -> {
      var before = projects.reached(caller, ref);
      var after =
          before.renamed(
              name.orElse(before.name()),
              description.orElse(before.description()),
              clock.instant());
      if (!after.equals(before)) {
        projects.save(after);
        note(caller, after, AuditAction.PROJECT_CHANGED);
      }
      return after;
    });
  }

  /**
   * @throws AccessRejected.ProjectNotFound when there is none within the caller's reach
   * @throws AccessRejected.ProjectHasRuns when runs are in it
   * @throws AccessRejected.DefaultProjectStays when it is {@code default}
   */
  public void delete(Caller caller, ProjectRef ref) {
    caller.require(Scope.ORG_ADMIN);
    transactions.inTransaction(() -> {
      var project = projects.reached(caller, ref);
      if (project.slug().equals(Slug.DEFAULT)) {
        throw new AccessRejected.DefaultProjectStays();
      }
      projects.remove(project);
      note(caller, project, AuditAction.PROJECT_DELETED);
      return project;
    });
  }

  private void note(Caller caller, Project project, AuditAction action) {
    auditor.note(
        caller,
        project.organization(),
        action,
        "project:" + project.id(),
        Map.of("slug", project.slug().value(), "name", project.name().value()));
  }
}
