package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Projects in memory. */
public final class InMemoryProjects implements Projects {

  private final InMemoryTransactions.Table<UUID, Project> rows;
  private Predicate<Project> hasRuns = _ -> false;

  public InMemoryProjects(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<UUID>naturalOrder());
  }

  /** Says from now on which projects have runs. */
  public void askForRuns(Predicate<Project> question) {
    hasRuns = question;
  }

  @Override
  public void add(Project project) {
    if (find(project.organization(), new ProjectRef.BySlug(project.slug())).isPresent()) {
      throw new AccessRejected.SlugTaken(project.slug());
    }
    rows.put(project.id().value(), project);
  }

  @Override
  public Optional<Project> find(OrganizationId organization, ProjectRef ref) {
    return rows.all().stream()
        .filter(project -> project.organization().equals(organization))
        .filter(project ->
            switch (ref) {
              case ProjectRef.ById(var id) -> project.id().equals(id);
              case ProjectRef.BySlug(var slug) -> project.slug().equals(slug);
            })
        .findFirst();
  }

  @Override
  public Optional<Project> hold(OrganizationId organization, ProjectRef ref) {
    return find(organization, ref);
  }

  @Override
  public List<Project> list(Reach.Within reach, String beginning, Optional<Slug> after, int limit) {
    return rows.all().stream()
        .filter(project -> reach.includes(project.organization(), project.slug()))
        .filter(project -> project.slug().value().startsWith(beginning))
        .filter(
            project -> after.isEmpty() || project.slug().value().compareTo(after.get().value()) > 0)
        .sorted(Comparator.comparing(project -> project.slug().value()))
        .limit(limit)
        .toList();
  }

  @Override
  public void save(Project project) {
    rows.put(project.id().value(), project);
  }

  @Override
  public void remove(Project project) {
    if (hasRuns.test(project)) {
      throw new AccessRejected.ProjectHasRuns();
    }
    rows.remove(project.id().value());
  }
}
