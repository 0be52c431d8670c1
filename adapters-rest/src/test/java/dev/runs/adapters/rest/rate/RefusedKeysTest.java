package dev.runs.adapters.rest.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusedKeysTest {

  private static final AddressGroup HERE = new AddressGroup(false, 1);
  private static final AddressGroup THERE = new AddressGroup(false, 2);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
  private final RefusedKeys keys = keys(Map.of(Budget.REFUSED_KEYS, twoAMinute()));

  @Test
  void areLookedAtNoMoreWhenTooManyOfAnAddressWereRefused() {
    refuse(2);

    assertThat(keys.heldUp(HERE, "junk"))
        .contains(new Standing(Budget.REFUSED_KEYS, false, 2, 0, 60, 30));
    assertThat(keys.heldUp(THERE, "junk")).isEmpty();
  }

  @Test
  void areLookedAtUntilThen() {
    refuse(1);

    assertThat(keys.heldUp(HERE, "junk")).isEmpty();
  }

  @Test
  void areLookedAtAgainWhenTimeHasPassed() {
    refuse(2);
    clock.advance(Duration.ofSeconds(30));

    assertThat(keys.heldUp(HERE, "junk")).isEmpty();
  }

  @Test
  void doNotHoldUpWhoHasAKeyThatWasAcceptedBefore() {
    keys.noteAccepted("good");
    refuse(2);

    assertThat(keys.heldUp(HERE, "good")).isEmpty();
    assertThat(keys.heldUp(HERE, "good ")).isPresent();
    assertThat(keys.heldUp(HERE, "other")).isPresent();
  }

  @Test
  void holdUpWhoHasAKeyThatWasAcceptedOnceAndIsNoMore() {
    keys.noteAccepted("revoked");
    keys.noteRefused(HERE, "revoked");
    refuse(1);

    assertThat(keys.heldUp(HERE, "revoked")).isPresent();
  }

  @Test
  void areAllLookedAtWhenThereIsNoLimit() {
    var unlimited = keys(Map.of());

    assertThat(unlimited.noteRefused(HERE, "junk")).isEmpty();
    unlimited.noteAccepted("good");
    assertThat(unlimited.heldUp(HERE, "junk")).isEmpty();
  }

  private void refuse(int times) {
    for (var i = 0; i < times; i++) {
      assertThat(keys.noteRefused(HERE, "wrong " + i)).isPresent();
    }
  }

  private RefusedKeys keys(Map<Budget, Rate> rates) {
    return new RefusedKeys(new RateLimits(rates, new ClockMeter(clock)), new SecureRandom());
  }

  private static Rate twoAMinute() {
    return new Rate(2, Duration.ofMinutes(1));
  }
}
