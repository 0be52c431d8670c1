package dev.runs.adapters.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PausesTest {

  private static final RandomGenerator LOWEST = () -> 0;

  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000"})
  void areAtLeastAsLongAsPlanned(int tries, long millis) {
    assertThat(pauses(LOWEST).millisAfter(tries, refusal(0))).isEqualTo(millis);
  }

  @Test
  void areUpToAQuarterLonger() {
    var pauses = pauses(new Random(7));

    var millis = LongStream.generate(() -> pauses.millisAfter(3, refusal(0))).limit(2_000);

    assertThat(millis.summaryStatistics())
        .satisfies(of -> {
          assertThat(of.getMin()).isBetween(4_000L, 4_050L);
          assertThat(of.getMax()).isBetween(4_950L, 5_000L);
        });
  }

  @Test
  void areAsLongAsTheServiceAsksWhenThatIsMore() {
    assertThat(pauses(LOWEST).millisAfter(1, refusal(9))).isEqualTo(9_000);
  }

  @Test
  void areAsLongAsPlannedWhenTheServiceAsksForLess() {
    assertThat(pauses(LOWEST).millisAfter(3, refusal(3))).isEqualTo(4_000);
  }

  @Test
  void areMadeForTheLongestThatIsGranted() {
    assertThat(pauses(LOWEST).allowAnotherTryAfter(refusal(10))).isTrue();
  }

  @Test
  void areNotMadeForLonger() {
    assertThat(pauses(LOWEST).allowAnotherTryAfter(refusal(11))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 404, 500})
  void areNotMadeWhereAnotherTryWouldNotHelp(int status) {
    assertThat(pauses(LOWEST).allowAnotherTryAfter(new NoPrice.Returned(status, Duration.ZERO)))
        .isFalse();
  }

  private static Pauses pauses(RandomGenerator random) {
    return new Pauses(
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
        Duration.ofSeconds(10),
        random);
  }

  private static NoPrice refusal(int retryAfterSeconds) {
    return new NoPrice.Returned(503, Duration.ofSeconds(retryAfterSeconds));
  }
}
