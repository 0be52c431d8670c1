package dev.runs.domain.retention;

import dev.runs.domain.Rejection;

/** What can be refused about how long runs are kept. */
public abstract sealed class RetentionRejected extends Rejection {

  private RetentionRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** A number of days outside its bounds. */
  public static final class BadDays extends RetentionRejected {
    public BadDays(String field) {
      super(
          Reason.INVALID,
          "retention.invalid_days",
          "%s is a whole number of days from %d to %,d, or null for ever."
              .formatted(field, RetentionPolicy.FEWEST_DAYS, RetentionPolicy.MOST_DAYS));
    }
  }

  /** Nobody has set a policy for this organization, so there is none to take away. */
  public static final class PolicyNotFound extends RetentionRejected {
    public PolicyNotFound() {
      super(
          Reason.NOT_FOUND,
          "retention.not_set",
          "This organization has no retention policy of its own.");
    }
  }
}
