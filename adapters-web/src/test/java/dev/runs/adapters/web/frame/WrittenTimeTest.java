package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WrittenTimeTest {

  @Test
  void isOfUtc() {
    var moment = Instant.parse("2026-11-22T14:30:00Z");

    assertThat(WrittenTime.day("2026-11-22")).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(WrittenTime.moment("2026-11-22")).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(WrittenTime.moment("2026-11-22T14:30")).isEqualTo(moment);
    assertThat(WrittenTime.moment("2026-11-22T14:30:00Z")).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "1969-12-31",
        "+10000-01-01",
        "+999999999-12-31",
        "-0001-01-01T00:00",
        "+300000-01-01T00:00",
        "2026-11-22T14:30+02:00"
      })
  void isRefusedWhenItIsNoneOrFarAway(String text) {
    assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> WrittenTime.moment(text));
  }
}
