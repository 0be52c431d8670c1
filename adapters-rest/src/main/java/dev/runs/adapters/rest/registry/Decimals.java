package dev.runs.adapters.rest.registry;

import java.math.BigDecimal;
import java.time.Duration;

/** Numbers as they are written here: without an exponent and without zeros behind the point. */
public final class Decimals {

  private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

  private Decimals() {}

  public static BigDecimal written(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** Milliseconds, exactly. */
  public static BigDecimal millis(Duration duration) {
    return written(BigDecimal.valueOf(duration.toNanos()).divide(NANOS_PER_MILLI));
  }
}
