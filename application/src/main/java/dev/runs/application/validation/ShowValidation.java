package dev.runs.application.validation;

import dev.runs.application.Caller;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.ValidationRejected;

/** Shows one validation. */
public final class ShowValidation {

  private final Validations validations;

  public ShowValidation(Validations validations) {
    this.validations = validations;
  }

  /**
   * @throws ValidationRejected.NotFound when it is beyond the caller's reach
   */
  public Validation show(Caller caller, ValidationId id) {
    return validations.find(caller.reach(), id).orElseThrow(ValidationRejected.NotFound::new);
  }
}
