package dev.runs.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {

  @Nested
  class OfADuration {

    @ParameterizedTest
    @CsvSource({
      "1h, PT1H",
      "30m, PT30M",
      "1h30m, PT1H30M",
      "500ms, PT0.5S",
      "1.5h, PT1H30M",
      "2h45m30.5s, PT2H45M30.5S",
      "10us, PT0.00001S",
      "10µs, PT0.00001S",
      "10ns, PT0.00000001S",
      "0, PT0S",
      "0s, PT0S",
      "PT10M, PT10M",
      "P1D, PT24H",
      "pt1h, PT1H",
    })
    void isReadAsGoAndIsoWriteIt(String text, Duration duration) throws BadValue {
      assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "1", "1d", "1h 30m", "-1h", "1h30", "soon", "P", "PT", "1..5h"})
    void isRefusedWhenItIsNeither(String text) {
      assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(BadValue.class);
    }

    @Test
    void doesNotOverflow() throws BadValue {
      assertThat(Durations.parse("999999999h999999999h")).isGreaterThan(Duration.ofDays(100_000));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "29s, false", "30s, true", "720h, true", "721h, false", "-PT1S, false"})
    void isAConnectionsLifeFromHalfAMinuteToThirtyDaysOrForEver(String text, boolean allowed) {
      assertThat(accepts(Setting.CONN_MAX_LIFE_TIME, text)).isEqualTo(allowed);
    }
  }

  @Nested
  class OfASize {

    @ParameterizedTest
    @CsvSource({
      "1024, 1024",
      "1KB, 1024",
      "1k, 1024",
      "1 KiB, 1024",
      "2MB, 2097152",
      "1GiB, 1073741824",
      "5B, 5"
    })
    void countsIn1024s(String text, long bytes) throws BadValue {
      assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5MB", "MB", "-1", "1TB", "1 M B", "9999999999"})
    void isRefusedWhenItIsNone(String text) {
      assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(BadValue.class);
    }
  }

  @Nested
  class OfALogLevel {

    @ParameterizedTest
    @CsvSource({
      "0, ERROR",
      "1, ERROR",
      "2, ERROR",
      "3, WARN",
      "4, INFO",
      "5, DEBUG",
      "6, TRACE",
      "panic, ERROR",
      "fatal, ERROR",
      "error, ERROR",
      "warning, WARN",
      "WARN, WARN",
      "Info, INFO",
      "debug, DEBUG",
      "trace, TRACE"
    })
    void isANameOrANumber(String text, LogLevel level) throws BadValue {
      assertThat(LogLevel.parse(text)).isEqualTo(level);
    }
  }

  @Nested
  class OfAnOrigin {

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://a.example", "http://localhost:5173", "https://[::1]:1"})
    void hasSchemeHostAndPerhapsPort(String origin) {
      assertThat(accepts(Setting.CORS_ORIGINS, origin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a.example", "ftp://a.example", "https://a.example/", "https://a.example?x"})
    void isRefusedWhenItIsMoreOrLess(String origin) {
      assertThat(accepts(Setting.CORS_ORIGINS, origin)).isFalse();
    }
  }

  @Nested
  class OfAKey {

    @Test
    void mayHave512VisibleCharacters() {
      assertThat(accepts(Setting.API_KEY, "x".repeat(512))).isTrue();
      assertThat(accepts(Setting.API_KEY, "x".repeat(513))).isFalse();
      assertThat(accepts(Setting.API_KEY, "ä")).isFalse();
    }
  }

  private static boolean accepts(Setting<?> setting, String text) {
    try {
      setting.type().read(new Raw.Text(text));
      return true;
    } catch (BadValue _) {
      return false;
    }
  }
}
