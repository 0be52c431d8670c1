package dev.runs.application.run;

import dev.runs.domain.run.RunId;
import dev.runs.domain.validation.FailedValidation;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Knows which runs may not succeed just like that, for their data failed a validation. */
public interface SuccessGate {

  /** A gate that is always open. */
  SuccessGate OPEN = runs -> Map.of();

  /**
   * What failed of these runs and matters: of each contract and schema only the last validation
   * counts, and only when the contract's policy wants a warning or a failure. In one query for all.
   *
   * @return for each run that has such validations all of them, those that stop it first
   */
  Map<RunId, List<FailedValidation>> failedOf(Collection<RunId> runs);
}
