package dev.runs.adapters.persistence.validation;

import static dev.runs.adapters.persistence.generated.Tables.CONTRACT_POLICY;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.ContractPolicyRecord;
import dev.runs.application.validation.ContractPolicies;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Gate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/** Keeps policies in the table {@code contract_policy}. */
public final class JooqContractPolicies implements ContractPolicies {

  private final Database database;

  public JooqContractPolicies(Database database) {
    this.database = database;
  }

  @Override
  public void save(ContractPolicy policy) {
    database
        .db()
        .insertInto(CONTRACT_POLICY)
        .set(toRow(policy))
        .onConflict(CONTRACT_POLICY.ORGANIZATION_ID, CONTRACT_POLICY.CONTRACT_ID)
        .doUpdate()
        .set(CONTRACT_POLICY.GATE, policy.gate().wireName())
        .set(CONTRACT_POLICY.UPDATED_AT, policy.updatedAt())
        .execute();
  }

  @Override
  public boolean remove(OrganizationId organization, ContractId contract) {
    return database.db().deleteFrom(CONTRACT_POLICY).where(is(organization, contract)).execute()
        == 1;
  }

  @Override
  public Optional<ContractPolicy> find(OrganizationId organization, ContractId contract) {
    return database
        .db()
        .selectFrom(CONTRACT_POLICY)
        .where(is(organization, contract))
        .fetchOptional(JooqContractPolicies::toPolicy);
  }

  @Override
  public Map<ContractId, ContractPolicy> findAll(
      OrganizationId organization, Collection<ContractId> contracts) {
    return contracts.isEmpty()
        ? Map.of()
        : database
            .db()
            .selectFrom(CONTRACT_POLICY)
            .where(CONTRACT_POLICY.ORGANIZATION_ID.eq(organization.value()))
            .and(CONTRACT_POLICY.CONTRACT_ID.in(contracts.stream().map(ContractId::value).toList()))
            .fetchMap(row -> new ContractId(row.getContractId()), JooqContractPolicies::toPolicy);
  }

  @Override
  public List<ContractPolicy> page(
      OrganizationId organization, Optional<ContractId> after, int limit) {
    return database
        .db()
        .selectFrom(CONTRACT_POLICY)
        .where(CONTRACT_POLICY.ORGANIZATION_ID.eq(organization.value()))
        .and(
            after
                .map(contract -> CONTRACT_POLICY.CONTRACT_ID.gt(contract.value()))
                .orElse(noCondition()))
        .orderBy(CONTRACT_POLICY.CONTRACT_ID)
        .limit(limit)
        .fetch(JooqContractPolicies::toPolicy);
  }

  private static Condition is(OrganizationId organization, ContractId contract) {
    return CONTRACT_POLICY
        .ORGANIZATION_ID
        .eq(organization.value())
        .and(CONTRACT_POLICY.CONTRACT_ID.eq(contract.value()));
  }

  private static ContractPolicyRecord toRow(ContractPolicy policy) {
    var row = new ContractPolicyRecord();
    row.setOrganizationId(policy.organization().value());
    row.setContractId(policy.contract().value());
    row.setGate(policy.gate().wireName());
    row.setUpdatedAt(policy.updatedAt());
    return row;
  }

  private static ContractPolicy toPolicy(ContractPolicyRecord row) {
    return new ContractPolicy(
        new OrganizationId(row.getOrganizationId()),
        new ContractId(row.getContractId()),
        Gate.ofWireName(row.getGate()).orElseThrow(),
        row.getUpdatedAt());
  }
}
