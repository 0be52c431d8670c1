package dev.runs.domain.queue;

import dev.runs.domain.run.RunFailure;
import java.util.Optional;

/** How an attempt of a queued run ended. */
public sealed interface Outcome {

  /** The work is done. */
  record Succeeded(Optional<OutputRef> outputRef, Optional<Payload> output) implements Outcome {}

  /**
   * The work went wrong.
   *
   * @param error for a person; kept up to {@value ErrorText#MOST_BYTES} bytes
   * @param isRetryable whether it is worth another attempt
   */
  record Failed(String error, boolean isRetryable, RunFailure.Kind kind) implements Outcome {

    public Failed {
      error = ErrorText.capped(error);
    }
  }

  /** The worker gives the run back without having done it; that counts as no attempt. */
  record Released() implements Outcome {}

  /** The lease ended before the worker was heard of again. */
  record Lost() implements Outcome {}

  /** The attempt took longer than it may. */
  record TimedOut() implements Outcome {}

  /** The worker did not stop in the time it was given for that. */
  record Stopped() implements Outcome {}
}
