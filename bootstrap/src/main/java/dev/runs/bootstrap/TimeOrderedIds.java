package dev.runs.bootstrap;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.runs.application.Ids;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** UUIDv7: they begin with the milliseconds since 1970, and so lie in the order of their making. */
final class TimeOrderedIds implements Ids {

  private static final int BITS_BEHIND_THE_TIME = 16;
  private static final long LATEST = (1L << 47) - 1;

  @Override
  public UUID next() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  @Override
  public Optional<UUID> floorOf(Instant moment) {
    var millis = Math.clamp(moment.getEpochSecond(), 0, LATEST / 1_000) * 1_000;
    return Optional.of(new UUID(millis << BITS_BEHIND_THE_TIME, 0));
  }
}
