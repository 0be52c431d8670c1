package dev.runs.adapters.cli.worker;

import dev.runs.domain.run.RunFailure;

/** Why the work on a run went wrong. */
public final class RunFailed extends Exception {

  private final boolean isRetryable;
  private final RunFailure.Kind kind;

  /**
   * @param error for a person; kept up to 16 KiB
   * @param isRetryable whether it is worth another attempt
   */
  public RunFailed(String error, boolean isRetryable, RunFailure.Kind kind) {
    super(error);
    this.isRetryable = isRetryable;
    this.kind = kind;
  }

  /** Another attempt may go better. */
  public static RunFailed retryable(String error) {
    return new RunFailed(error, true, RunFailure.Kind.USER);
  }

  /** No attempt will go better. */
  public static RunFailed forGood(String error) {
    return new RunFailed(error, false, RunFailure.Kind.USER);
  }

  public boolean isRetryable() {
    return isRetryable;
  }

  public RunFailure.Kind kind() {
    return kind;
  }

  /** The error; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
