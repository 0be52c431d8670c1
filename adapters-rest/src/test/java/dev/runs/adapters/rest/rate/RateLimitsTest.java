package dev.runs.adapters.rest.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.application.AtOnce;
import dev.runs.application.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));

  @Test
  void grantWhatABudgetHasAndNotOneMore() {
    var limits = limits(3, Duration.ofSeconds(1));

    assertThat(take(limits, "a")).isEqualTo(new Standing(Budget.KEY, true, 3, 2, 1, 0));
    assertThat(take(limits, "a").remaining()).isEqualTo(1);
    assertThat(take(limits, "a")).isEqualTo(new Standing(Budget.KEY, true, 3, 0, 1, 0));
    assertThat(take(limits, "a")).isEqualTo(new Standing(Budget.KEY, false, 3, 0, 1, 1));
  }

  @Test
  void giveBackEvenlyOverThePeriod() {
    var limits = limits(4, Duration.ofMinutes(1));
    for (var i = 0; i < 4; i++) {
      take(limits, "a");
    }

    clock.advance(Duration.ofMillis(14_999));
    assertThat(take(limits, "a")).isEqualTo(new Standing(Budget.KEY, false, 4, 0, 60, 1));
    clock.advance(Duration.ofMillis(1));
    assertThat(take(limits, "a").isGranted()).isTrue();
    assertThat(take(limits, "a")).isEqualTo(new Standing(Budget.KEY, false, 4, 0, 60, 15));
    clock.advance(Duration.ofMinutes(10));
    assertThat(take(limits, "a").remaining()).isEqualTo(3);
  }

  @Test
  void takeNothingForWhatIsRefused() {
    var limits = limits(10, Duration.ofSeconds(10));
    take(limits, "a");

    assertThat(takeMore(limits, 0, 10).isGranted()).isFalse();
    assertThat(takeMore(limits, 0, 9).isGranted()).isTrue();
  }

  @Test
  void countEverybodyApart() {
    var limits = limits(1, Duration.ofSeconds(1));

    assertThat(take(limits, "a").isGranted()).isTrue();
    assertThat(take(limits, "b").isGranted()).isTrue();
    assertThat(take(limits, "a").isGranted()).isFalse();
  }

  @Test
  void doNotCountWhatHasNoLimit() {
    var limits = new RateLimits(Map.of(), new ClockMeter(clock));

    assertThat(limits.take(Budget.KEY, "a")).isEmpty();
    assertThat(limits.peek(Budget.KEY, "a")).isEmpty();
  }

  @Test
  void letARequestThatIsLargerThanItsBudgetPassOnceAndOweTheRest() {
    var limits = limits(10, Duration.ofSeconds(10));

    assertThat(take(limits, "a").isGranted()).isTrue();
    assertThat(takeMore(limits, 1, 29)).isEqualTo(new Standing(Budget.KEY, true, 10, 0, 30, 0));
    clock.advance(Duration.ofSeconds(20));
    assertThat(take(limits, "a").isGranted()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(take(limits, "a").isGranted()).isTrue();
  }

  @Test
  void refuseARequestThatIsLargerThanItsBudgetWhenSomethingOfItIsUsed() {
    var limits = limits(10, Duration.ofSeconds(10));
    take(limits, "a");
    take(limits, "a");

    assertThat(takeMore(limits, 1, 29)).isEqualTo(new Standing(Budget.KEY, false, 10, 8, 2, 1));
  }

  @Test
  void rememberWhatIsOwedForAsLongAsItIs() {
    var limits = limits(1, Duration.ofSeconds(1));
    takeMore(limits, 0, 1_001);

    clock.advance(Duration.ofSeconds(1_000));
    assertThat(take(limits, "a").isGranted()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(take(limits, "a").isGranted()).isTrue();
    assertThatThrownBy(() -> takeMore(limits, 0, 1_002)).hasMessage("nobody may owe 1001");
  }

  @Test
  void letABudgetOfOneBeOwed() {
    var limits = limits(1, Duration.ofSeconds(1));

    assertThat(take(limits, "a").isGranted()).isTrue();
    assertThat(takeMore(limits, 1, 4)).isEqualTo(new Standing(Budget.KEY, true, 1, 0, 5, 0));
  }

  @Test
  void grantManyAtOnceExactlyAsManyAsThereAre() throws Exception {
    var limits = limits(1_000, Duration.ofHours(1));

    var granted =
        AtOnce.with(
            8,
            _ -> {
              var own = 0;
              for (var i = 0; i < 1_000; i++) {
                own += take(limits, "a").isGranted() ? 1 : 0;
              }
              return own;
            });

    assertThat(granted.stream().mapToInt(own -> own).sum()).isEqualTo(1_000);
  }

  @Test
  void reckonWithTheLargestRateWithoutOverflow() {
    var limits = limits(Rate.MOST, Duration.ofHours(1));

    assertThat(takeMore(limits, 0, Rate.MOST))
        .isEqualTo(new Standing(Budget.KEY, true, Rate.MOST, 0, 3_600, 0));
    assertThat(take(limits, "a").secondsToWait()).isEqualTo(1);
  }

  @Test
  void keepNoMoreThanSoManyBucketsWhoeverComes() {
    var buckets =
        new Buckets(Budget.ADDRESS, new Rate(1, Duration.ofHours(1)), new ClockMeter(clock));
    for (var i = 0; i < 3 * Buckets.MOST; i++) {
      buckets.take(new AddressGroup(true, i), 0, 1);
    }

    assertThat(buckets.kept()).isLessThanOrEqualTo(Buckets.MOST);
  }

  @Test
  void forgetBucketsThatAreFullAgain() {
    var buckets =
        new Buckets(Budget.ADDRESS, new Rate(1_000, Duration.ofSeconds(9)), new ClockMeter(clock));
    for (var i = 0; i < 100; i++) {
      buckets.take(new AddressGroup(true, i), 0, 1);
    }

    clock.advance(Duration.ofSeconds(17));
    assertThat(buckets.kept()).isEqualTo(100);
    clock.advance(Duration.ofSeconds(1));
    assertThat(buckets.kept()).isZero();
  }

  @Test
  void takeOnlyRatesThatCanBeCounted() {
    assertThatThrownBy(() -> new Rate(0, Duration.ofSeconds(1))).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new Rate(1_000_001, Duration.ofSeconds(1)))
        .hasMessageContaining("not 1000001");
    assertThatThrownBy(() -> new Rate(1, Duration.ofMillis(999)))
        .hasMessageContaining("not PT0.999S");
    assertThatThrownBy(() -> new Rate(1, Duration.ofSeconds(3_601)))
        .hasMessageContaining("not PT1H1S");
  }

  private RateLimits limits(int count, Duration period) {
    return new RateLimits(Map.of(Budget.KEY, new Rate(count, period)), new ClockMeter(clock));
  }

  private static Standing take(RateLimits limits, String subject) {
    return limits.take(Budget.KEY, subject).orElseThrow();
  }

  private static Standing takeMore(RateLimits limits, int taken, int wanted) {
    return limits.takeMore(Budget.KEY, "a", taken, wanted).orElseThrow();
  }
}
