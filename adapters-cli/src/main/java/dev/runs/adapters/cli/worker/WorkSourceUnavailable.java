package dev.runs.adapters.cli.worker;

/** The source of work does not answer; it may a little later. */
public final class WorkSourceUnavailable extends RuntimeException {

  public WorkSourceUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** One sentence for a person. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
