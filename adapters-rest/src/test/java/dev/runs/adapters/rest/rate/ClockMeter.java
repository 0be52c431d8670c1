package dev.runs.adapters.rest.rate;

import io.github.bucket4j.TimeMeter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The time of a clock that a test moves, as buckets want it. */
public record ClockMeter(InstantSource clock) implements TimeMeter {

  @Override
  public long currentTimeNanos() {
    return Instant.EPOCH.until(clock.instant(), ChronoUnit.NANOS);
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
