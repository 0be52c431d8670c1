package dev.runs.application.validation;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.ContractPolicy;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies in memory. */
public final class InMemoryContractPolicies implements ContractPolicies {

  private record Owned(OrganizationId organization, ContractId contract) {}

  private final InMemoryTransactions.Table<Owned, ContractPolicy> rows;

  public InMemoryContractPolicies(InMemoryTransactions transactions) {
    this.rows =
        transactions.table(
            Comparator.comparing((Owned owned) -> owned.organization().value())
                .thenComparing(Owned::contract));
  }

  @Override
  public void save(ContractPolicy policy) {
    rows.put(new Owned(policy.organization(), policy.contract()), policy);
  }

  @Override
  public boolean remove(OrganizationId organization, ContractId contract) {
    return rows.remove(new Owned(organization, contract)) != null;
  }

  @Override
  public Optional<ContractPolicy> find(OrganizationId organization, ContractId contract) {
    return Optional.ofNullable(rows.get(new Owned(organization, contract)));
  }

  @Override
  public Map<ContractId, ContractPolicy> findAll(
      OrganizationId organization, Collection<ContractId> contracts) {
    var found = new LinkedHashMap<ContractId, ContractPolicy>();
    contracts.forEach(
        contract -> find(organization, contract).ifPresent(its -> found.put(contract, its)));
    return found;
  }

  @Override
  public List<ContractPolicy> page(
      OrganizationId organization, Optional<ContractId> after, int limit) {
    return rows.all().stream()
        .filter(policy -> policy.organization().equals(organization))
        .filter(policy -> after.isEmpty() || policy.contract().compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }
}
