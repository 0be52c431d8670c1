package dev.runs.domain;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Checks what has to hold for everything by trying much of it. Half of the seeds are always the
 * same, the others are new each time; a failure names its seed, and {@code -Druns.test.seed=…}
 * tries that one alone.
 */
public final class Seeded {

  private static final String ONE = "runs.test.seed";

  private Seeded() {}

  /**
   * @param times how many seeds to try, at least 2
   * @param check fails when it finds something that does not hold
   */
  public static void check(int times, Consumer<RandomGenerator> check) {
    for (var seed : seeds(times)) {
      try {
        check.accept(new SplittableRandom(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "failed with seed %d; -D%s=%d tries it again".formatted(seed, ONE, seed), e);
      }
    }
  }

  /** One of them, each as likely as the others. */
  public static <T> T oneOf(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static List<Long> seeds(int times) {
    return Optional.ofNullable(System.getProperty(ONE))
        .map(seed -> List.of(Long.valueOf(seed)))
        .orElseGet(() ->
            LongStream.concat(
                    LongStream.rangeClosed(1, times / 2),
                    new SplittableRandom().longs(times - times / 2))
                .boxed()
                .toList());
  }
}
