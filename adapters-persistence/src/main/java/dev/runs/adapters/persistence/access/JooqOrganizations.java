package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.ORGANIZATION;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.OrganizationRecord;
import dev.runs.application.access.Organizations;
import dev.runs.application.access.Upserted;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Project;
import dev.runs.domain.secret.CredentialCheck;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps organizations in the table {@code organization}. */
public final class JooqOrganizations implements Organizations {

  private final Database database;

  public JooqOrganizations(Database database) {
    this.database = database;
  }

  @Override
  public Upserted<Organization> addUnlessThere(Organization organization) {
    var rows =
        database
            .db()
            .insertInto(ORGANIZATION)
            .set(ORGANIZATION.ID, organization.id().value())
            .set(ORGANIZATION.EXTERNAL_ID, organization.externalId().value())
            .set(ORGANIZATION.CREDENTIAL_CHECK, organization.credentialCheck().wireName())
            .set(ORGANIZATION.CREATED_AT, organization.createdAt())
            .set(ORGANIZATION.UPDATED_AT, organization.updatedAt())
            .onConflict(ORGANIZATION.EXTERNAL_ID)
            .doNothing()
            .execute();
    if (rows == 0) {
      return new Upserted<>(find(organization.externalId()).orElseThrow(), false);
    }
    database.add(List.of(JooqProjects.toRow(Project.defaultOf(organization))));
    return new Upserted<>(organization, true);
  }

  @Override
  public void save(Organization organization) {
    database
        .db()
        .update(ORGANIZATION)
        .set(ORGANIZATION.CREDENTIAL_CHECK, organization.credentialCheck().wireName())
        .set(ORGANIZATION.UPDATED_AT, organization.updatedAt())
        .where(ORGANIZATION.ID.eq(organization.id().value()))
        .execute();
  }

  @Override
  public Optional<Organization> find(OrganizationId id) {
    return database
        .db()
        .selectFrom(ORGANIZATION)
        .where(ORGANIZATION.ID.eq(id.value()))
        .fetchOptional(JooqOrganizations::toOrganization);
  }

  @Override
  public Optional<Organization> find(ExternalId externalId) {
    return database
        .db()
        .selectFrom(ORGANIZATION)
        .where(ORGANIZATION.EXTERNAL_ID.eq(externalId.value()))
        .fetchOptional(JooqOrganizations::toOrganization);
  }

  @Override
  public Map<OrganizationId, Organization> findAll(Collection<OrganizationId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(ORGANIZATION)
        .where(ORGANIZATION.ID.in(ids.stream().map(OrganizationId::value).toList()))
        .fetchMap(row -> new OrganizationId(row.getId()), JooqOrganizations::toOrganization);
  }

  @Override
  public List<OrganizationId> after(Optional<OrganizationId> after, int limit) {
    return database
        .db()
        .select(ORGANIZATION.ID)
        .from(ORGANIZATION)
        .where(after.map(id -> ORGANIZATION.ID.gt(id.value())).orElse(noCondition()))
        .orderBy(ORGANIZATION.ID)
        .limit(limit)
        .fetch(row -> new OrganizationId(row.value1()));
  }

  @Override
  public List<Organization> list(String beginning, Optional<ExternalId> after, int limit) {
    return database
        .db()
        .selectFrom(ORGANIZATION)
        .where(Beginnings.of(ORGANIZATION.EXTERNAL_ID, beginning))
        .and(after.map(id -> ORGANIZATION.EXTERNAL_ID.gt(id.value())).orElse(noCondition()))
        .orderBy(ORGANIZATION.EXTERNAL_ID)
        .limit(limit)
        .fetch(JooqOrganizations::toOrganization);
  }

  private static Organization toOrganization(OrganizationRecord row) {
    return new Organization(
        new OrganizationId(row.getId()),
        new ExternalId(row.getExternalId()),
        CredentialCheck.ofWireName(row.getCredentialCheck()).orElseThrow(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
