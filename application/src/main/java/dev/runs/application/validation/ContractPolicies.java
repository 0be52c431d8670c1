package dev.runs.application.validation;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.ContractPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What organizations want to follow from validations of their contracts. */
public interface ContractPolicies {

  /** Puts a policy in the place of the one there is. */
  void save(ContractPolicy policy);

  /**
   * @return whether there was one
   */
  boolean remove(OrganizationId organization, ContractId contract);

  Optional<ContractPolicy> find(OrganizationId organization, ContractId contract);

  /** Those that there are, by contract; in one query. */
  Map<ContractId, ContractPolicy> findAll(
      OrganizationId organization, Collection<ContractId> contracts);

  /** By contract. */
  List<ContractPolicy> page(OrganizationId organization, Optional<ContractId> after, int limit);
}
