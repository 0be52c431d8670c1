package dev.runs.adapters.persistence.retention;

import static dev.runs.adapters.persistence.generated.Tables.RETENTION_POLICY;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.retention.RetentionPolicies;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.retention.RetentionPolicy;
import java.util.Optional;

/** Keeps policies in the table {@code retention_policy}. */
public final class JooqRetentionPolicies implements RetentionPolicies {

  private final Database database;

  public JooqRetentionPolicies(Database database) {
    this.database = database;
  }

  @Override
  public Optional<RetentionPolicy> find(OrganizationId organization) {
    return database
        .db()
        .selectFrom(RETENTION_POLICY)
        .where(RETENTION_POLICY.ORGANIZATION_ID.eq(organization.value()))
        .fetchOptional(row ->
            new RetentionPolicy(
                Optional.ofNullable(row.getSucceededDays()),
                Optional.ofNullable(row.getOtherDays())));
  }

  @Override
  public void save(OrganizationId organization, RetentionPolicy policy) {
    var succeeded = policy.succeededDays().orElse(null);
    var other = policy.otherDays().orElse(null);
    database
        .db()
        .insertInto(RETENTION_POLICY)
        .set(RETENTION_POLICY.ORGANIZATION_ID, organization.value())
        .set(RETENTION_POLICY.SUCCEEDED_DAYS, succeeded)
        .set(RETENTION_POLICY.OTHER_DAYS, other)
        .onConflict(RETENTION_POLICY.ORGANIZATION_ID)
        .doUpdate()
        .set(RETENTION_POLICY.SUCCEEDED_DAYS, succeeded)
        .set(RETENTION_POLICY.OTHER_DAYS, other)
        .execute();
  }

  @Override
  public boolean remove(OrganizationId organization) {
    return database
            .db()
            .deleteFrom(RETENTION_POLICY)
            .where(RETENTION_POLICY.ORGANIZATION_ID.eq(organization.value()))
            .execute()
        > 0;
  }
}
