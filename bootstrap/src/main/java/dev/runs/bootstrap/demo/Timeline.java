package dev.runs.bootstrap.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock that stands still between the things that happen, and what is going to happen by it. All
 * of it is played by one thread, one thing after the other.
 */
final class Timeline implements InstantSource {

  /**
   * @param turn what was planned first happens first at the same moment
   */
  private record Planned(Instant at, long turn, Runnable step) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::turn));

  /** Read by the threads that write. */
  private volatile Instant now;

  private long turns;

  Timeline(Instant begin) {
    this.now = begin;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Plans something; what would have been in the past happens next. */
  void at(Instant moment, Runnable step) {
    planned.add(new Planned(moment.isBefore(now) ? now : moment, turns++, step));
  }

  /** Plans something a while from now. */
  void in(Duration wait, Runnable step) {
    at(now.plus(wait), step);
  }

  /** Plays what was planned up to a moment, with all that is planned meanwhile, and stops there. */
  void playUntil(Instant end) {
    for (var next = planned.peek();
        next != null && !next.at().isAfter(end);
        next = planned.peek()) {
      planned.remove();
      now = next.at();
      next.step().run();
    }
    now = end;
  }
}
