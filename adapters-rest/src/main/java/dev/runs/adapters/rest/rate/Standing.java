package dev.runs.adapters.rest.rate;

import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * How somebody stands with a budget after a request.
 *
 * @param isGranted whether the request had what it wanted; otherwise it took nothing
 * @param limit what a full budget has
 * @param remaining what is left, not below 0
 * @param secondsToReset until the budget is full again, rounded up
 * @param secondsToWait until the same request would be granted, rounded up; 0 when it was
 */
public record Standing(
    Budget budget,
    boolean isGranted,
    long limit,
    long remaining,
    long secondsToReset,
    long secondsToWait) {

  private static final String SHOWN = "dev.runs.standing";

  /**
   * Tells it in the headers of the answer, unless another budget that this request has used has
   * less left.
   */
  public void show(HttpServletRequest request, HttpServletResponse response) {
    if (isGranted
        && request.getAttribute(SHOWN) instanceof Standing other
        && other.remaining < remaining
        && other.budget != budget) {
      return;
    }
    request.setAttribute(SHOWN, this);
    response.setHeader("RateLimit-Limit", Long.toString(limit));
    response.setHeader("RateLimit-Remaining", Long.toString(remaining));
    response.setHeader("RateLimit-Reset", Long.toString(secondsToReset));
  }

  /** The refusal of a request that was not granted. */
  public Problem problem() {
    var seconds = secondsToWait == 1 ? "1 second" : secondsToWait + " seconds";
    return Problem.of(
            Refusal.RATE_LIMITED, "%s; try again in %s".formatted(budget.complaint(), seconds))
        .with("limit", budget.wireName())
        .withHeader("Retry-After", Long.toString(secondsToWait));
  }
}
