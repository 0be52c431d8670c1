package dev.runs.bootstrap.demo;

import dev.runs.bootstrap.Platform;

/**
 * Where all work takes place.
 *
 * @param beats the workers that are alive
 * @param made counts the runs
 */
record Stage(
    Platform platform,
    Timeline time,
    Calendar calendar,
    Company company,
    Heartbeats beats,
    Tally made,
    long seed) {

  /** Chance for one sort of work. */
  Dice dice(String what) {
    return new Dice(seed, what);
  }
}
