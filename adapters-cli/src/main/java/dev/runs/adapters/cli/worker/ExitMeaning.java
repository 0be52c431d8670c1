package dev.runs.adapters.cli.worker;

import dev.runs.domain.run.RunFailure;

/**
 * What the exit code of a command says of its run.
 *
 * <p><em>Source: the codes of {@code sysexits.h}, and what shells end with.</em>
 */
enum ExitMeaning {
  /** 0. */
  SUCCEEDED(false, RunFailure.Kind.USER),
  /** 64 and 65, a command or an input that is wrong and stays so. */
  WRONG_FOR_GOOD(false, RunFailure.Kind.USER),
  /** 75, something that is away for a while. */
  AWAY_FOR_NOW(true, RunFailure.Kind.SYSTEM),
  /** 126 and 127, a command that this machine cannot start. */
  NOT_STARTED(true, RunFailure.Kind.SYSTEM),
  /** Above 128, a command that was killed by a signal. */
  KILLED(true, RunFailure.Kind.SYSTEM),
  /** Anything else. */
  WENT_WRONG(true, RunFailure.Kind.USER);

  private static final int USAGE = 64;
  private static final int DATA_ERROR = 65;
  private static final int TEMPORARY = 75;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final int SIGNALS = 128;

  private final boolean isRetryable;
  private final RunFailure.Kind kind;

  ExitMeaning(boolean isRetryable, RunFailure.Kind kind) {
    this.isRetryable = isRetryable;
    this.kind = kind;
  }

  static ExitMeaning of(int exitCode) {
    return switch (exitCode) {
      case 0 -> SUCCEEDED;
      case USAGE, DATA_ERROR -> WRONG_FOR_GOOD;
      case TEMPORARY -> AWAY_FOR_NOW;
      case NOT_EXECUTABLE, NOT_FOUND -> NOT_STARTED;
      default -> exitCode > SIGNALS ? KILLED : WENT_WRONG;
    };
  }

  /** The failure of a run whose command has ended so. */
  RunFailed failure(String error) {
    return new RunFailed(error, isRetryable, kind);
  }
}
