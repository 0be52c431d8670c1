package dev.runs.application.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.domain.cost.CostRejected;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class DaysTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-02-27");

  @Test
  void areEachDayFromTheFirstToTheLast() {
    var days = new Days(FIRST, FIRST.plusDays(2));

    assertThat(days.count()).isEqualTo(3);
    assertThat(days.each())
        .containsExactly(FIRST, FIRST.plusDays(1), LocalDate.parse("2026-03-01"));
    assertThat(Days.upTo(FIRST.plusDays(2), 3)).isEqualTo(days);
  }

  @Test
  void areAtLeastOneAndNotTooMany() {
    assertThat(new Days(FIRST, FIRST).count()).isEqualTo(1);
    assertThat(Days.upTo(FIRST, Days.MOST).count()).isEqualTo(Days.MOST);
    assertThatExceptionOfType(CostRejected.BadPeriod.class)
        .isThrownBy(() -> new Days(FIRST, FIRST.minusDays(1)));
    assertThatExceptionOfType(CostRejected.BadPeriod.class)
        .isThrownBy(() -> Days.upTo(FIRST, Days.MOST + 1))
        .withMessageContaining("1 to 400 days");
  }
}
