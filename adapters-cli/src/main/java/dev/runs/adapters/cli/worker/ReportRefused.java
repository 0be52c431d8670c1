package dev.runs.adapters.cli.worker;

/** An outcome that cannot be kept as it was reported, such as an output that is too large. */
public final class ReportRefused extends RuntimeException {

  public ReportRefused(String message) {
    super(message);
  }

  /** One sentence for a person. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
