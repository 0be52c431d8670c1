package dev.runs.bootstrap;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.runs.application.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** UUIDv7: they begin with the milliseconds since 1970, and so lie in the order of their making. */
final class TimeOrderedIds implements Ids {

  private static final int BITS_BEHIND_THE_TIME = 16;
  private static final long LATEST = (1L << 47) - 1;

  private final Supplier<UUID> source;

  private TimeOrderedIds(Supplier<UUID> source) {
    this.source = source;
  }

  /** Those of this moment. */
  static TimeOrderedIds present() {
    return new TimeOrderedIds(UuidCreator::getTimeOrderedEpochPlus1);
  }

  /**
   * Those of a time that is made up.
   *
   * @param clock never goes back
   */
  static TimeOrderedIds by(InstantSource clock) {
    var factory =
        TimeOrderedEpochFactory.builder()
            .withClock(clock.withZone(ZoneOffset.UTC))
            .withIncrementPlus1()
            .build();
    return new TimeOrderedIds(factory::create);
  }

  @Override
  public UUID next() {
    return source.get();
  }

  @Override
  public Optional<UUID> floorOf(Instant moment) {
    var millis = Math.clamp(moment.getEpochSecond(), 0, LATEST / 1_000) * 1_000;
    return Optional.of(new UUID(millis << BITS_BEHIND_THE_TIME, 0));
  }
}
