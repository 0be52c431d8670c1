package dev.runs.adapters.rpc.protocol;

/** Something that calls may do only so often with one key, beside what every request counts. */
public enum CallBudget {
  /** Runs that are made. */
  NEW_RUNS,
  /** Runs that are canceled. */
  CANCELLATIONS
}
