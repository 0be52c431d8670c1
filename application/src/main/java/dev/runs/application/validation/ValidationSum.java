package dev.runs.application.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Some validations, summed up.
 *
 * @param timed how many of them say how long they took
 * @param micros how long those took together, in microseconds
 */
public record ValidationSum(
    long passed,
    long failed,
    long warning,
    long skipped,
    long rows,
    long errors,
    long timed,
    long micros) {

  public static final ValidationSum NONE = new ValidationSum(0, 0, 0, 0, 0, 0, 0, 0);

  /** So many decimals has a rate or an average. */
  private static final int DECIMALS = 6;

  private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1_000);

  public ValidationSum plus(ValidationSum other) {
    return new ValidationSum(
        passed + other.passed,
        failed + other.failed,
        warning + other.warning,
        skipped + other.skipped,
        rows + other.rows,
        errors + other.errors,
        timed + other.timed,
        micros + other.micros);
  }

  /** How many there are. */
  public long total() {
    return passed + failed + warning + skipped;
  }

  /** How many let the data be used. */
  public long passing() {
    return total() - failed;
  }

  /** The part that passes, from 0 to 1; 0 of none. */
  public BigDecimal passRate() {
    return total() == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(passing())
            .divide(BigDecimal.valueOf(total()), DECIMALS, RoundingMode.HALF_UP);
  }

  /** In milliseconds; nothing when none says how long it took. */
  public Optional<BigDecimal> averageMillis() {
    return timed == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(micros)
                .divide(
                    BigDecimal.valueOf(timed).multiply(MICROS_PER_MILLI),
                    DECIMALS,
                    RoundingMode.HALF_UP));
  }
}
