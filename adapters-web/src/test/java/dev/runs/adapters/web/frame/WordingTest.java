package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.cost.Money;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Wording say = new Wording(InstantSource.fixed(NOW));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | $0.00",
        "100 | $1.00",
        "123456.7 | $1,234.57",
        "99.5 | $0.995",
        "10 | $0.10",
        "0.0003 | $0.000003",
        "0.123456 | $0.00123",
        "-250 | -$2.50"
      })
  void saysAmountsInDollarsAndSmallOnesWithThreeDigits(String cents, String said) {
    assertThat(say.money(new Money(new BigDecimal(cents)))).isEqualTo(said);
  }

  @Test
  void saysHowMuchRoomSomethingTakesInThousands() {
    assertThat(say.bytes(0)).isEqualTo("0 bytes");
    assertThat(say.bytes(999)).isEqualTo("999 bytes");
    assertThat(say.bytes(737_280)).isEqualTo("737.3 kB");
    assertThat(say.bytes(1_250_000_000L)).isEqualTo("1.3 GB");
    assertThat(say.bytes(Long.MAX_VALUE)).isEqualTo("9223372.0 TB");
  }

  @Test
  void saysTheExactAmountInCents() {
    assertThat(say.exactly(new Money(new BigDecimal("0.3000000000")))).isEqualTo("0.3 US cents");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT0S | 0 ms",
        "PT0.999S | 999 ms",
        "PT1S | 1.0 s",
        "PT59.99S | 59.9 s",
        "PT1M | 1 min",
        "PT61S | 1 min 1 s",
        "PT1H | 1 h",
        "PT25H | 1 d 1 h",
        "PT-5S | 0 ms"
      })
  void saysDurationsWithTwoUnitsAtMost(Duration time, String said) {
    assertThat(say.duration(time)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-21T12:00:00Z | now",
        "2026-11-21T11:59:01Z | 59 s ago",
        "2026-11-21T11:00:00Z | 1 h ago",
        "2026-11-21T12:05:00Z | in 5 min",
        "2026-11-19T12:00:00Z | 2 d ago",
        "2026-10-01T12:00:00Z | 1 Oct 2026"
      })
  void saysHowLongAgoAndBeyondAMonthTheDay(Instant at, String said) {
    assertThat(say.ago(at)).isEqualTo(said);
  }

  @Test
  void saysCountsUpToACap() {
    assertThat(say.capped(1_000, 1_000)).isEqualTo("1,000");
    assertThat(say.capped(1_001, 1_000)).isEqualTo("1,000+");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, –", "0, 5, 0%", "5, 5, 100%", "1, 3, 33.3%", "999, 1000, 99.9%"})
  void saysPartsInPercentAndNothingOfNothing(long part, long whole, String said) {
    assertThat(say.percent(part, whole)).isEqualTo(said);
  }

  @Test
  void cutsTextsBetweenCharactersAndNotWithinThem() {
    assertThat(say.cut("a😀b", 2)).isEqualTo("a😀…");
    assertThat(say.cut("a😀b", 3)).isEqualTo("a😀b");
  }

  @ParameterizedTest
  @EnumSource(StateName.class)
  void hasAWordAndAnIconForEachState(StateName state) {
    assertThat(say.state(state)).matches("[a-z ]+");
    assertThat(say.icon(state)).startsWith("M");
  }
}
