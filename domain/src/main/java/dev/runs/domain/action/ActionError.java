package dev.runs.domain.action;

import dev.runs.domain.queue.ErrorText;
import dev.runs.domain.run.RunFailure;

/**
 * Why an attempt went wrong, as its executor says.
 *
 * @param message at most 16 KiB as UTF-8; cut there when longer
 */
public record ActionError(Kind kind, String message) {

  /** Whose fault it is. */
  public enum Kind {
    UNSPECIFIED,
    USER,
    SYSTEM
  }

  public ActionError {
    message = ErrorText.capped(message);
  }

  /** Why a run failed, in the words of executors. */
  public static ActionError of(RunFailure failure) {
    var message = failure.message();
    return new ActionError(
        switch (failure.kind()) {
          case USER -> Kind.USER;
          case SYSTEM, LOST -> Kind.SYSTEM;
          case BUDGET, VERDICT -> Kind.UNSPECIFIED;
        },
        message == null ? "" : message);
  }

  /** As a run that ends with it has it. */
  public RunFailure toFailure() {
    return new RunFailure(
        kind == Kind.SYSTEM ? RunFailure.Kind.SYSTEM : RunFailure.Kind.USER, message);
  }
}
