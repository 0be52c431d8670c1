package dev.runs.domain.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a run failed.
 *
 * @param message for a person; null when the reporter gave none
 */
public record RunFailure(Kind kind, @Nullable String message) {

  /** Whose fault a failure is. */
  public enum Kind {
    /** The work itself was wrong. */
    USER,
    /** What the work ran on was wrong. */
    SYSTEM,
    /** Its worker died. */
    LOST,
    /** It would have cost more than it might. */
    BUDGET,
    /** A suite or a gate said no; never retried. */
    VERDICT
  }

  /** A failure of which the reporter said nothing more. */
  public static final RunFailure UNEXPLAINED = new RunFailure(Kind.USER, null);
}
