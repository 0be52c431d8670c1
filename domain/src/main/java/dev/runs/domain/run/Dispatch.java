package dev.runs.domain.run;

/** Who drives a run. */
public enum Dispatch {
  /** A client executes it elsewhere and reports. */
  TRACKED,
  /** It waits here until a worker claims it; only the lease-holder ends it. */
  QUEUED
}
