package dev.runs.domain.validation;

import dev.runs.domain.Rejection;

/** What can be refused about validations and their contracts. */
public abstract sealed class ValidationRejected extends Rejection {

  private ValidationRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** No such validation within the caller's reach. */
  public static final class NotFound extends ValidationRejected {
    public NotFound() {
      super(Reason.NOT_FOUND, "validation.not_found", "Validation not found");
    }
  }

  /** A validation of a run that is not there, or not within the caller's reach. */
  public static final class RunNotFound extends ValidationRejected {
    /**
     * @param run as the caller named it
     */
    public RunNotFound(String run) {
      super(
          Reason.UNPROCESSABLE,
          "validation.run_not_found",
          "There is no run '%s' whose data could be validated.".formatted(run));
    }
  }

  /** A number below zero. */
  public static final class NegativeCount extends ValidationRejected {
    private final String field;

    public NegativeCount(String field) {
      super(Reason.INVALID, "validation.negative", field + " must not be negative.");
      this.field = field;
    }

    /** The member that is negative. */
    public String field() {
      return field;
    }
  }

  /** A finding of which a text is too short or too long. */
  public static final class BadFinding extends ValidationRejected {
    private final String field;

    public BadFinding(String field, int least, int most) {
      super(
          Reason.INVALID,
          "validation.invalid_finding",
          "%s of an error or a warning has %d to %,d characters.".formatted(field, least, most));
      this.field = field;
    }

    /** The member of the finding that is wrong. */
    public String field() {
      return field;
    }
  }

  /** Nobody has set a policy for this contract. */
  public static final class PolicyNotFound extends ValidationRejected {
    public PolicyNotFound() {
      super(
          Reason.NOT_FOUND,
          "contract.policy_not_set",
          "This contract has no policy of its own; its gate is none.");
    }
  }
}
