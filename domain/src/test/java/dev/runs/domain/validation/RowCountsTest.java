package dev.runs.domain.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RowCountsTest {

  @Test
  void countsErrorsForEachRow() {
    assertThat(counts(1_000, 25).errorRate()).isEqualByComparingTo("0.025");
    assertThat(counts(3, 2).errorRate()).isEqualByComparingTo("0.666667");
    assertThat(counts(2, 5).errorRate()).isEqualByComparingTo("2.5");
    assertThat(counts(Long.MAX_VALUE, Long.MAX_VALUE).errorRate()).isEqualByComparingTo("1");
  }

  @Test
  void hasNoRateWithoutRows() {
    assertThat(counts(0, 7).errorRate()).isZero();
  }

  @Test
  void refusesNegativeNumbers() {
    assertThatExceptionOfType(ValidationRejected.NegativeCount.class)
        .isThrownBy(() -> counts(-1, 0))
        .withMessage("row_count must not be negative.");
    assertThatExceptionOfType(ValidationRejected.NegativeCount.class)
        .isThrownBy(() -> counts(0, -1))
        .satisfies(e -> assertThat(e.field()).isEqualTo("error_count"));
    assertThatExceptionOfType(ValidationRejected.NegativeCount.class)
        .isThrownBy(() -> new RowCounts(0, Optional.of(-1L), Optional.empty(), 0))
        .satisfies(e -> assertThat(e.field()).isEqualTo("rows_passed"));
    assertThatExceptionOfType(ValidationRejected.NegativeCount.class)
        .isThrownBy(() -> new RowCounts(0, Optional.empty(), Optional.of(-1L), 0))
        .satisfies(e -> assertThat(e.field()).isEqualTo("rows_failed"));
  }

  private static RowCounts counts(long rows, long errors) {
    return new RowCounts(rows, Optional.empty(), Optional.empty(), errors);
  }
}
