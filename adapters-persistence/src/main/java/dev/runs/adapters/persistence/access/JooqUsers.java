package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.ORGANIZATION_USER;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.OrganizationUserRecord;
import dev.runs.application.access.Upserted;
import dev.runs.application.access.Users;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps users in the table {@code organization_user}. */
public final class JooqUsers implements Users {

  private final Database database;

  public JooqUsers(Database database) {
    this.database = database;
  }

  @Override
  public Upserted<User> addUnlessThere(User user) {
    var rows =
        database
            .db()
            .insertInto(ORGANIZATION_USER)
            .set(ORGANIZATION_USER.ID, user.id().value())
            .set(ORGANIZATION_USER.ORGANIZATION_ID, user.organization().value())
            .set(ORGANIZATION_USER.EXTERNAL_ID, user.externalId().value())
            .set(ORGANIZATION_USER.CREATED_AT, user.createdAt())
            .set(ORGANIZATION_USER.UPDATED_AT, user.updatedAt())
            .onConflict(ORGANIZATION_USER.ORGANIZATION_ID, ORGANIZATION_USER.EXTERNAL_ID)
            .doNothing()
            .execute();
    return rows == 1
        ? new Upserted<>(user, true)
        : new Upserted<>(find(user.organization(), user.externalId()).orElseThrow(), false);
  }

  @Override
  public Optional<User> find(OrganizationId organization, ExternalId externalId) {
    return database
        .db()
        .selectFrom(ORGANIZATION_USER)
        .where(ORGANIZATION_USER.ORGANIZATION_ID.eq(organization.value()))
        .and(ORGANIZATION_USER.EXTERNAL_ID.eq(externalId.value()))
        .fetchOptional(JooqUsers::toUser);
  }

  @Override
  public Map<UserId, User> findAll(Collection<UserId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(ORGANIZATION_USER)
        .where(ORGANIZATION_USER.ID.in(ids.stream().map(UserId::value).toList()))
        .fetchMap(row -> new UserId(row.getId()), JooqUsers::toUser);
  }

  @Override
  public List<User> list(
      OrganizationId organization, String beginning, Optional<ExternalId> after, int limit) {
    return database
        .db()
        .selectFrom(ORGANIZATION_USER)
        .where(ORGANIZATION_USER.ORGANIZATION_ID.eq(organization.value()))
        .and(Beginnings.of(ORGANIZATION_USER.EXTERNAL_ID, beginning))
        .and(after.map(id -> ORGANIZATION_USER.EXTERNAL_ID.gt(id.value())).orElse(noCondition()))
        .orderBy(ORGANIZATION_USER.EXTERNAL_ID)
        .limit(limit)
        .fetch(JooqUsers::toUser);
  }

  private static User toUser(OrganizationUserRecord row) {
    return new User(
        new UserId(row.getId()),
        new OrganizationId(row.getOrganizationId()),
        new ExternalId(row.getExternalId()),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
