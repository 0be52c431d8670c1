package dev.runs.domain.queue;

import static dev.runs.domain.queue.QueueFixtures.SYNC;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueValuesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "script.pull", "sync.aux/colors", "Übersetzung: alles", "%2F"})
  void takesKindsInFreeText(String kind) {
    assertThat(new Kind(kind).value()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000"})
  void refusesKindsThatCannotBeShown(String kind) {
    assertThatExceptionOfType(QueueRejected.BadKind.class).isThrownBy(() -> new Kind(kind));
  }

  @Test
  void takesTextsUpToTheirLimit() {
    assertThat(new Kind("k".repeat(255)).value()).hasSize(255);
    assertThat(new WorkerId("w".repeat(200)).value()).hasSize(200);
    assertThat(new JobKey("k".repeat(255)).value()).hasSize(255);
    assertThat(new OutputRef("o".repeat(2_048)).value()).hasSize(2_048);
    assertThatExceptionOfType(QueueRejected.BadKind.class)
        .isThrownBy(() -> new Kind("k".repeat(256)));
    assertThatExceptionOfType(QueueRejected.BadWorkerId.class)
        .isThrownBy(() -> new WorkerId("w".repeat(201)));
    assertThatExceptionOfType(QueueRejected.BadKey.class)
        .isThrownBy(() -> new JobKey("k".repeat(256)));
    assertThatExceptionOfType(QueueRejected.BadOutputRef.class)
        .isThrownBy(() -> new OutputRef("o".repeat(2_049)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "clé", "a\tb"})
  void refusesKeysThatNoHeaderCarries(String key) {
    assertThatExceptionOfType(QueueRejected.BadKey.class).isThrownBy(() -> new JobKey(key));
  }

  @Test
  void countsTheBytesOfADocument() {
    var largest = "\"" + "é".repeat((Payload.MOST_BYTES - 2) / 2) + "\"";

    assertThat(new Payload(largest).json()).isEqualTo(largest);
    assertThatExceptionOfType(QueueRejected.PayloadTooLarge.class)
        .isThrownBy(() -> new Payload(largest + " "));
  }

  @Test
  void doesNotShowADocumentInALog() {
    assertThat(new Payload("{\"card\":\"4111\"}").toString()).doesNotContain("4111");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1_000, 0, 1_000})
  void takesPrioritiesWithinTheirBounds(int value) {
    assertThat(new Priority(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1_001, 1_001})
  void refusesPrioritiesOutside(int value) {
    assertThatExceptionOfType(QueueRejected.BadPriority.class)
        .isThrownBy(() -> new Priority(value));
  }

  @Test
  void boundsAttemptsTimeoutsAndLeases() {
    JobLimits.checkAttempts(1);
    JobLimits.checkAttempts(100);
    JobLimits.checkTimeout(Duration.ofSeconds(1));
    JobLimits.checkTimeout(Duration.ofDays(30));
    JobLimits.checkLease(Duration.ofSeconds(1));
    JobLimits.checkLease(Duration.ofHours(1));

    assertRefused(() -> JobLimits.checkAttempts(0));
    assertRefused(() -> JobLimits.checkAttempts(101));
    assertRefused(() -> JobLimits.checkTimeout(Duration.ofMillis(999)));
    assertRefused(() -> JobLimits.checkTimeout(Duration.ofDays(30).plusMillis(1)));
    assertRefused(() -> JobLimits.checkLease(Duration.ofMillis(999)));
    assertRefused(() -> JobLimits.checkLease(Duration.ofHours(1).plusMillis(1)));
  }

  @Test
  void asksItsKindForWhatARequestDoesNotSay() {
    var policy =
        new KindPolicy(
            ACME.id(),
            SYNC,
            7,
            Backoff.USUAL,
            Optional.of(Duration.ofMinutes(5)),
            Optional.empty(),
            Optional.empty(),
            false,
            NOON);
    var silent = QueueFixtures.request(SYNC).completedBy(policy);

    assertThat(silent.maxAttempts()).contains(7);
    assertThat(silent.timeout()).contains(Duration.ofMinutes(5));
    assertThat(silent.completedBy(KindPolicy.usual(ACME.id(), SYNC, NOON)).maxAttempts())
        .contains(7);
  }

  @Test
  void boundsTheLimitsOfAKind() {
    assertThat(policy(1, 1_000_000).limitsStarts()).isTrue();
    assertThat(KindPolicy.usual(ACME.id(), SYNC, NOON).limitsStarts()).isFalse();
    assertRefused(() -> policy(0, 1));
    assertRefused(() -> policy(1, 1_000_001));
  }

  private static KindPolicy policy(int concurrency, int startsPerMinute) {
    return new KindPolicy(
        ACME.id(),
        SYNC,
        3,
        Backoff.USUAL,
        Optional.empty(),
        Optional.of(concurrency),
        Optional.of(startsPerMinute),
        false,
        NOON);
  }

  private static void assertRefused(Runnable work) {
    assertThatExceptionOfType(QueueRejected.BadLimit.class).isThrownBy(work::run);
  }
}
