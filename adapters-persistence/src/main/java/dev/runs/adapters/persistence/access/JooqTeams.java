package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.API_KEY;
import static dev.runs.adapters.persistence.generated.Tables.TEAM;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect.Violation;
import dev.runs.adapters.persistence.generated.tables.records.TeamRecord;
import dev.runs.application.access.Teams;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import java.util.List;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** Keeps teams in the table {@code team}. */
public final class JooqTeams implements Teams {

  private final Database database;

  public JooqTeams(Database database) {
    this.database = database;
  }

  @Override
  public void add(Team team) {
    naming(
        team,
        () ->
            database
                .db()
                .insertInto(TEAM)
                .set(TEAM.ID, team.id().value())
                .set(TEAM.ORGANIZATION_ID, team.organization().value())
                .set(TEAM.NAME, team.name().value())
                .set(TEAM.CREATED_AT, team.createdAt())
                .set(TEAM.UPDATED_AT, team.updatedAt())
                .execute());
  }

  @Override
  public Optional<Team> find(Reach reach, TeamId id) {
    var isWithin =
        switch (reach) {
          case Reach.Everywhere _ -> noCondition();
          case Reach.Within(var organization, _) -> TEAM.ORGANIZATION_ID.eq(organization.value());
        };
    return database
        .db()
        .selectFrom(TEAM)
        .where(TEAM.ID.eq(id.value()))
        .and(isWithin)
        .fetchOptional(JooqTeams::toTeam);
  }

  @Override
  public List<Team> list(
      OrganizationId organization, String beginning, Optional<TeamId> after, int limit) {
    return database
        .db()
        .selectFrom(TEAM)
        .where(TEAM.ORGANIZATION_ID.eq(organization.value()))
        .and(Beginnings.of(TEAM.NAME, beginning))
        .and(after.map(id -> TEAM.ID.lt(id.value())).orElse(noCondition()))
        .orderBy(TEAM.ID.desc())
        .limit(limit)
        .fetch(JooqTeams::toTeam);
  }

  @Override
  public void save(Team team) {
    naming(
        team,
        () ->
            database
                .db()
                .update(TEAM)
                .set(TEAM.NAME, team.name().value())
                .set(TEAM.UPDATED_AT, team.updatedAt())
                .where(TEAM.ID.eq(team.id().value()))
                .execute());
  }

  @Override
  public void remove(TeamId id) {
    var db = database.db();
    db.deleteFrom(API_KEY).where(API_KEY.TEAM_ID.eq(id.value())).execute();
    db.deleteFrom(TEAM).where(TEAM.ID.eq(id.value())).execute();
  }

  private void naming(Team team, Runnable write) {
    try {
      write.run();
    } catch (DataAccessException e) {
      throw database.dialect().violation(e) == Violation.UNIQUE
          ? new AccessRejected.TeamNameTaken(team.name())
          : e;
    }
  }

  private static Team toTeam(TeamRecord row) {
    return new Team(
        new TeamId(row.getId()),
        new OrganizationId(row.getOrganizationId()),
        new DisplayName(row.getName()),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
