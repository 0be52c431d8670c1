package dev.runs.application.retention;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.retention.RetentionPolicy;
import java.util.Comparator;
import java.util.Optional;

/** Policies in memory. */
public final class InMemoryRetentionPolicies implements RetentionPolicies {

  private final InMemoryTransactions.Table<OrganizationId, RetentionPolicy> rows;

  public InMemoryRetentionPolicies(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.comparing(OrganizationId::value));
  }

  @Override
  public Optional<RetentionPolicy> find(OrganizationId organization) {
    return Optional.ofNullable(rows.get(organization));
  }

  @Override
  public void save(OrganizationId organization, RetentionPolicy policy) {
    rows.put(organization, policy);
  }

  @Override
  public boolean remove(OrganizationId organization) {
    return rows.remove(organization) != null;
  }
}
