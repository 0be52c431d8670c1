package dev.runs.application.validation;

import dev.runs.domain.validation.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** How many validations there were, by verdict. */
public record VerdictCounts(long passed, long failed, long warning, long skipped) {

  public static final VerdictCounts NONE = new VerdictCounts(0, 0, 0, 0);

  /** So many decimals has a rate. */
  private static final int DECIMALS = 6;

  /** Of one validation. */
  public static VerdictCounts of(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> new VerdictCounts(1, 0, 0, 0);
      case FAILED -> new VerdictCounts(0, 1, 0, 0);
      case WARNING -> new VerdictCounts(0, 0, 1, 0);
      case SKIPPED -> new VerdictCounts(0, 0, 0, 1);
    };
  }

  public VerdictCounts plus(VerdictCounts other) {
    return new VerdictCounts(
        passed + other.passed,
        failed + other.failed,
        warning + other.warning,
        skipped + other.skipped);
  }

  /** How many there are. */
  public long total() {
    return passed + failed + warning + skipped;
  }

  /** How many let the data be used. */
  public long passing() {
    return total() - failed;
  }

  /** The part that passes, from 0 to 1; nothing of none. */
  public Optional<BigDecimal> passRate() {
    return total() == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(passing())
                .divide(BigDecimal.valueOf(total()), DECIMALS, RoundingMode.HALF_UP));
  }
}
