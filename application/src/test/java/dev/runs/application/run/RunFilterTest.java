package dev.runs.application.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunFilterTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Ids ids =
      new Ids() {
        @Override
        public UUID next() {
          return madeAt(NOON);
        }

        @Override
        public Optional<UUID> floorOf(Instant moment) {
          return Optional.of(madeAt(moment));
        }
      };

  @Test
  void looksAtNoRunsThatWereMadeLongBefore() {
    var from = made(Optional.of(NOON), Optional.empty()).from().orElseThrow();

    assertThat(from)
        .isGreaterThan(madeAt(NOON.minus(Duration.ofMinutes(2))))
        .isLessThan(ids.next());
  }

  @Test
  void looksAtRunsThatWereToldOfADayAfterTheyWereMade() {
    var before = made(Optional.empty(), Optional.of(NOON)).before().orElseThrow();

    assertThat(before)
        .isGreaterThan(madeAt(NOON.plus(Duration.ofDays(1)).minusMillis(1)))
        .isLessThan(madeAt(NOON.plus(Duration.ofDays(2))));
  }

  private RunList.Stretch made(Optional<Instant> from, Optional<Instant> before) {
    return RunFilter.ALL.narrowedTo(Optional.empty(), from, before).stretch(ids);
  }

  private static UUID madeAt(Instant moment) {
    return new UUID(moment.toEpochMilli() << 16, 0);
  }
}
