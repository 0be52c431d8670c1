package dev.runs.application.validation;

import dev.runs.application.validation.Contracts.LastRun;
import dev.runs.application.validation.Contracts.LastValidation;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.Gate;
import java.util.Optional;

/**
 * How a contract stands.
 *
 * @param gate what follows from validations that fail
 * @param week the validations of today and of the six days of UTC before
 * @param month the validations of today and of the 29 days of UTC before
 */
public record ContractState(
    ContractId contract,
    Gate gate,
    Optional<LastRun> lastRun,
    Optional<LastValidation> lastValidation,
    VerdictCounts week,
    VerdictCounts month) {

  /** Whether nothing at all is known of it. */
  public boolean isUnknown() {
    return lastRun.isEmpty() && lastValidation.isEmpty() && gate == Gate.NONE && month.total() == 0;
  }
}
