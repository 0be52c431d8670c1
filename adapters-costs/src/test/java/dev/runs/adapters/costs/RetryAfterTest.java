package dev.runs.adapters.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "' 7 ', 7", "0120, 120", "9999999999, 9999999999"})
  void isANumberOfSeconds(String value, long seconds) {
    assertThat(RetryAfter.of(value, NOON)).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void isVeryLongWhenTheNumberIsLargerThanAnyClockCounts() {
    assertThat(RetryAfter.of("9".repeat(40), NOON))
        .hasValueSatisfying(rest -> assertThat(rest).isGreaterThan(Duration.ofDays(10_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 01 Mar 2026 12:00:09 GMT', 9",
    "'Sun, 01 Mar 2026 12:00:00 GMT', 0",
    "'Sun, 01 Mar 2026 11:59:00 GMT', 0"
  })
  void isADate(String value, long seconds) {
    assertThat(RetryAfter.of(value, NOON)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "٣", "Mon, 01 Mar 2026 12:00:00 GMT"})
  void isNothingWhenItIsNeither(String value) {
    assertThat(RetryAfter.of(value, NOON)).isEmpty();
  }
}
