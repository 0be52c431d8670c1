package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.PROJECT;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect.Violation;
import dev.runs.adapters.persistence.generated.tables.records.ProjectRecord;
import dev.runs.application.access.Projects;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Description;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.exception.DataAccessException;

/** Keeps projects in the table {@code project}. */
public final class JooqProjects implements Projects {

  private final Database database;

  public JooqProjects(Database database) {
    this.database = database;
  }

  @Override
  public void add(Project project) {
    try {
      database.add(List.of(toRow(project)));
    } catch (DataAccessException e) {
      throw database.dialect().violation(e) == Violation.UNIQUE
          ? new AccessRejected.SlugTaken(project.slug())
          : e;
    }
  }

  @Override
  public Optional<Project> find(OrganizationId organization, ProjectRef ref) {
    return database
        .db()
        .selectFrom(PROJECT)
        .where(isCalled(organization, ref))
        .fetchOptional(JooqProjects::toProject);
  }

  @Override
  public Optional<Project> hold(OrganizationId organization, ProjectRef ref) {
    return database
        .dialect()
        .share(database.db().selectFrom(PROJECT).where(isCalled(organization, ref)))
        .fetchOptional(JooqProjects::toProject);
  }

  @Override
  public List<Project> list(Reach.Within reach, String beginning, Optional<Slug> after, int limit) {
    return database
        .db()
        .selectFrom(PROJECT)
        .where(PROJECT.ORGANIZATION_ID.eq(reach.organization().value()))
        .and(
            reach.projects().isEmpty()
                ? noCondition()
                : PROJECT.SLUG.in(reach.projects().stream().map(Slug::value).sorted().toList()))
        .and(Beginnings.of(PROJECT.SLUG, beginning))
        .and(after.map(slug -> PROJECT.SLUG.gt(slug.value())).orElse(noCondition()))
        .orderBy(PROJECT.SLUG)
        .limit(limit)
        .fetch(JooqProjects::toProject);
  }

  @Override
  public void save(Project project) {
    database
        .db()
        .update(PROJECT)
        .set(toRow(project))
        .where(PROJECT.ID.eq(project.id().value()))
        .execute();
  }

  /**
   * Waits for whoever is making a run in the project, and looks for runs only then: a statement
   * sees what was committed before it began.
   */
  @Override
  public void remove(Project project) {
    var db = database.db();
    var isIt = PROJECT.ID.eq(project.id().value());
    database.dialect().take(db.selectFrom(PROJECT).where(isIt)).fetch();
    var hasNoRuns =
        notExists(
            selectOne()
                .from(RUN)
                .where(RUN.ORGANIZATION_ID.eq(project.organization().value()))
                .and(RUN.PROJECT.eq(project.slug().value()))
                .and(RUN.PARENT_ID.isNull()));
    if (db.deleteFrom(PROJECT).where(isIt).and(hasNoRuns).execute() == 0) {
      throw new AccessRejected.ProjectHasRuns();
    }
  }

  private static Condition isCalled(OrganizationId organization, ProjectRef ref) {
    return PROJECT
        .ORGANIZATION_ID
        .eq(organization.value())
        .and(
            switch (ref) {
              case ProjectRef.ById(var id) -> PROJECT.ID.eq(id.value());
              case ProjectRef.BySlug(var slug) -> PROJECT.SLUG.eq(slug.value());
            });
  }

  static ProjectRecord toRow(Project project) {
    var row = new ProjectRecord();
    row.setId(project.id().value());
    row.setOrganizationId(project.organization().value());
    row.setSlug(project.slug().value());
    row.setName(project.name().value());
    row.setDescription(project.description().value());
    row.setCreatedAt(project.createdAt());
    row.setUpdatedAt(project.updatedAt());
    return row;
  }

  private static Project toProject(ProjectRecord row) {
    return new Project(
        new ProjectId(row.getId()),
        new OrganizationId(row.getOrganizationId()),
        new Slug(row.getSlug()),
        new DisplayName(row.getName()),
        new Description(row.getDescription()),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
