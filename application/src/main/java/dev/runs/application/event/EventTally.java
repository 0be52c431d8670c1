package dev.runs.application.event;

/** Sums up what happens, as part of the transaction in which it gets its places in the log. */
@FunctionalInterface
public interface EventTally {

  /** Nobody sums up. */
  EventTally NONE = (_, _) -> {};

  /**
   * Adds entries of the log, each of them once.
   *
   * @param after the position before the first of them
   * @param upTo the position of the last
   */
  void add(long after, long upTo);
}
