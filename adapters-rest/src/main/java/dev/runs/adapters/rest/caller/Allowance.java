package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.RequestRefused;

/** What a request may still take from the budget that its route declares with {@link Limited}. */
public interface Allowance {

  /**
   * Counts a request as so many, of which the first was taken before; all or nothing.
   *
   * @param count at least 1
   * @throws RequestRefused when the budget does not have as many
   */
  void countAs(int count);
}
