package dev.runs.domain.validation;

import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.RunId;

/**
 * The last validation of a run against a contract and a schema, which failed, and what follows.
 *
 * @param gate what the contract's policy says
 */
public record FailedValidation(RunId run, ValidationId validation, ContractId contract, Gate gate) {

  /** For a person. */
  public String sentence() {
    return "Validation %s against contract %s failed.".formatted(validation, contract);
  }
}
