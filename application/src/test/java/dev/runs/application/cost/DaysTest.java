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

  @Test
  void areOfYearsThatCanBeWritten() {
    var first = LocalDate.parse("1970-01-01");
    var last = LocalDate.parse("9999-12-31");

    assertThat(new Days(first, first).each()).containsExactly(first);
    assertThat(new Days(last, last).each()).containsExactly(last);
    assertThatExceptionOfType(CostRejected.BadPeriod.class)
        .isThrownBy(() -> new Days(first.minusDays(1), first))
        .withMessageContaining("years 1970 to 9999");
    assertThatExceptionOfType(CostRejected.BadPeriod.class)
        .isThrownBy(() -> new Days(LocalDate.MAX, LocalDate.MAX));
  }
}
