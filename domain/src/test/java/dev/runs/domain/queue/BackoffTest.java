package dev.runs.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "9, 256", "10, 300", "100, 300"})
  void doublesUpToFiveMinutes(int spent, long seconds) {
    assertThat(Backoff.USUAL.bound(spent)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void staysTheSameWithAFactorOfOne() {
    var steady = new Backoff(Duration.ofSeconds(7), 1, Duration.ofHours(1));

    assertThat(steady.bound(100)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void doesNotWaitWithoutABase() {
    var none = new Backoff(Duration.ZERO, 2, Duration.ofHours(1));

    assertThat(none.delay(50, new SplittableRandom(1))).isZero();
  }

  @Test
  void waitsARandomTimeUpToTheBound() {
    var random = new SplittableRandom(1);
    var longest = Duration.ZERO;
    var shortest = Duration.ofDays(1);
    for (var i = 0; i < 1_000; i++) {
      var delay = Backoff.USUAL.delay(3, random);
      longest = delay.compareTo(longest) > 0 ? delay : longest;
      shortest = delay.compareTo(shortest) < 0 ? delay : shortest;
    }

    assertThat(longest).isBetween(Duration.ofMillis(3_900), Duration.ofMillis(4_000));
    assertThat(shortest).isBetween(Duration.ZERO, Duration.ofMillis(100));
  }

  @ParameterizedTest
  @CsvSource({"-1, 2, 10", "5, 0, 10", "5, 11, 10", "5, 2, 4", "5, 2, 86401"})
  void refusesWhatLiesOutside(long base, int factor, long cap) {
    assertThatExceptionOfType(QueueRejected.BadBackoff.class)
        .isThrownBy(() -> new Backoff(Duration.ofSeconds(base), factor, Duration.ofSeconds(cap)));
  }

  @Test
  void takesWhatLiesAtTheEdges() {
    assertThat(new Backoff(Duration.ZERO, 10, Backoff.LONGEST).factor()).isEqualTo(10);
    assertThat(new Backoff(Backoff.LONGEST, 1, Backoff.LONGEST).bound(1))
        .isEqualTo(Backoff.LONGEST);
  }
}
