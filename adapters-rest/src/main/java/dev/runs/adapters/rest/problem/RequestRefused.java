package dev.runs.adapters.rest.problem;

/** A request that this surface refuses. */
public final class RequestRefused extends RuntimeException {

  private final transient Problem problem;

  public RequestRefused(Problem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
