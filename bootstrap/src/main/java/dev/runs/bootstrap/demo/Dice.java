package dev.runs.bootstrap.demo;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Chance that falls the same way whenever it begins with the same seed. */
final class Dice {

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final RandomGenerator random;

  /**
   * @param what that for which it is thrown; others do not change how it falls
   */
  Dice(long seed, String what) {
    this.random = new SplittableRandom(seed * SPREAD + what.hashCode());
  }

  /**
   * @param percent 0 for never, 100 for always
   */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** One of these numbers, the bounds included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** A number between the bounds, more often near their middle. */
  int around(int least, int most) {
    return least + (between(0, most - least) + between(0, most - least)) / 2;
  }

  /** Mostly near the lesser bound and now and then far from it, as most work lasts. */
  Duration seconds(int least, int most) {
    var share = random.nextInt(1_000);
    var beyond = (most - least) * 1_000L * share / 1_000 * share / 1_000 * share / 1_000;
    return Duration.ofMillis(least * 1_000L + beyond + random.nextInt(1_000));
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
