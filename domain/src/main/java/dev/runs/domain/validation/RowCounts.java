package dev.runs.domain.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How many rows a validation looked at; no number is negative.
 *
 * @param passed nothing when nobody counted them
 * @param failed nothing when nobody counted them
 * @param errors how many errors were found; there may be several in a row
 */
public record RowCounts(long rows, Optional<Long> passed, Optional<Long> failed, long errors) {

  /** So many decimals has a rate. */
  public static final int RATE_DECIMALS = 6;

  /**
   * @throws ValidationRejected.NegativeCount when a number is negative
   */
  public RowCounts {
    check("row_count", rows);
    passed.ifPresent(count -> check("rows_passed", count));
    failed.ifPresent(count -> check("rows_failed", count));
    check("error_count", errors);
  }

  /** Errors for each row, rounded half up to {@value #RATE_DECIMALS} decimals; 0 without rows. */
  public BigDecimal errorRate() {
    return rows == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(errors)
            .divide(BigDecimal.valueOf(rows), RATE_DECIMALS, RoundingMode.HALF_UP);
  }

  private static void check(String field, long count) {
    if (count < 0) {
      throw new ValidationRejected.NegativeCount(field);
    }
  }
}
