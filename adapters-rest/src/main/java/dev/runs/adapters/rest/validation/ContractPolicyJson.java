package dev.runs.adapters.rest.validation;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.validation.ContractPolicy;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What follows from validations of a contract. */
@JsonNaming(SnakeCaseStrategy.class)
record ContractPolicyJson(String contractId, String gate, String updatedAt) {

  static ContractPolicyJson of(ContractPolicy policy) {
    return new ContractPolicyJson(
        policy.contract().value(), policy.gate().wireName(), Times.written(policy.updatedAt()));
  }
}
