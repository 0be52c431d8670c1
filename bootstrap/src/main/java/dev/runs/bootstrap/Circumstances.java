package dev.runs.bootstrap;

import dev.runs.application.Ids;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * By what time and by what chance a platform goes.
 *
 * @param chances for what need not be secret, such as how long a run waits before it is tried again
 * @param isPresent whether it is the time in which we live; of another one nothing is told to other
 *     services, and the database's own clock does not count
 */
record Circumstances(InstantSource clock, Ids ids, RandomGenerator chances, boolean isPresent) {

  /** Here and now, to the microsecond. */
  static Circumstances present() {
    return new Circumstances(
        Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)),
        TimeOrderedIds.present(),
        new SecureRandom(),
        true);
  }

  /** A time that is made up. */
  static Circumstances past(InstantSource clock, RandomGenerator chances) {
    return new Circumstances(clock, TimeOrderedIds.by(clock), chances, false);
  }
}
