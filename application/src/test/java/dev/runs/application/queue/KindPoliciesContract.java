package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.SYNC;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.queue.KindPolicies.Limited;
import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.queue.Backoff;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every store of policies promises. */
public abstract class KindPoliciesContract extends StoresContract {

  @Test
  void givesBackAPolicyInWhichNothingIsLimited() {
    var policy = KindPolicy.usual(ACME.id(), PULL, NOON);

    save(policy);

    assertThat(policies().find(ACME.id(), PULL)).contains(policy);
    assertThat(policies().find(ACME.id(), SYNC)).isEmpty();
    assertThat(policies().find(GLOBEX.id(), PULL)).isEmpty();
  }

  @Test
  void pausesAndResumesAKindWithoutTouchingWhatElseIsSaid() {
    var later = NOON.plusSeconds(60);
    var usual = KindPolicy.usual(ACME.id(), PULL, NOON);

    stores().write(() -> policies().savePaused(usual.paused(true, NOON)));
    assertThat(policies().find(ACME.id(), PULL)).contains(usual.paused(true, NOON));

    var limited =
        new KindPolicy(
            ACME.id(),
            SYNC,
            7,
            Backoff.USUAL,
            Optional.of(Duration.ofHours(1)),
            Optional.of(3),
            Optional.of(60),
            false,
            NOON);
    save(limited);
    stores()
        .write(() -> {
          policies().saveNextStart(new OwnedKind(ACME.id(), SYNC), later);
          policies().savePaused(KindPolicy.usual(ACME.id(), SYNC, later).paused(true, later));
        });

    assertThat(policies().find(ACME.id(), SYNC)).contains(limited.paused(true, later));
    var owned = new OwnedKind(ACME.id(), SYNC);
    assertThat(stores().transactions().inTransaction(() -> policies().takeLimited(List.of(owned))))
        .isEqualTo(Map.of(owned, new Limited(limited.paused(true, later), later)));
  }

  @Test
  void givesBackAPolicyInWhichEverythingIsAsLargeAsItMayBe() {
    var policy =
        new KindPolicy(
            ACME.id(),
            new Kind("k/é".repeat(85)),
            JobLimits.MOST_ATTEMPTS,
            new Backoff(Backoff.LONGEST, Backoff.LARGEST_FACTOR, Backoff.LONGEST),
            Optional.of(JobLimits.LONGEST_TIMEOUT),
            Optional.of(KindPolicy.LARGEST_LIMIT),
            Optional.of(KindPolicy.LARGEST_LIMIT),
            true,
            NOON.plusNanos(123_456_000));

    save(policy);

    assertThat(policies().find(ACME.id(), policy.kind())).contains(policy);
  }

  @Test
  void givesBackAPolicyInWhichEverythingIsAsSmallAsItMayBe() {
    var policy =
        new KindPolicy(
            ACME.id(),
            new Kind("k"),
            1,
            new Backoff(Duration.ZERO, 1, Duration.ZERO),
            Optional.of(JobLimits.SHORTEST_TIMEOUT),
            Optional.of(1),
            Optional.of(1),
            false,
            NOON);

    save(policy);

    assertThat(policies().find(ACME.id(), policy.kind())).contains(policy);
  }

  @Test
  void putsALaterPolicyInThePlaceOfTheOneBefore() {
    save(limited(ACME.id(), PULL));
    var later = KindPolicy.usual(ACME.id(), PULL, NOON.plusSeconds(9));

    save(later);

    assertThat(policies().find(ACME.id(), PULL)).contains(later);
    assertThat(policies().page(ACME.id(), Optional.empty(), 9)).containsExactly(later);
  }

  @Test
  void removesAPolicyOnce() {
    save(limited(ACME.id(), PULL), limited(GLOBEX.id(), PULL));

    assertThat(written(() -> policies().remove(ACME.id(), PULL))).isTrue();
    assertThat(written(() -> policies().remove(ACME.id(), PULL))).isFalse();

    assertThat(policies().find(ACME.id(), PULL)).isEmpty();
    assertThat(policies().find(GLOBEX.id(), PULL)).isPresent();
  }

  @Test
  void findsThoseOfManyKindsThatHaveAPolicy() {
    save(limited(ACME.id(), PULL), limited(GLOBEX.id(), SYNC));

    assertThat(
            policies()
                .findAll(
                    List.of(
                        new OwnedKind(ACME.id(), PULL),
                        new OwnedKind(ACME.id(), SYNC),
                        new OwnedKind(GLOBEX.id(), SYNC))))
        .isEqualTo(
            Map.of(
                new OwnedKind(ACME.id(), PULL), limited(ACME.id(), PULL),
                new OwnedKind(GLOBEX.id(), SYNC), limited(GLOBEX.id(), SYNC)));
    assertThat(policies().findAll(List.of())).isEmpty();
  }

  @Test
  void takesOnlyPoliciesThatLimitStarts() {
    var usual = KindPolicy.usual(ACME.id(), new Kind("usual"), NOON);
    var paused = with(new Kind("paused"), Optional.empty(), Optional.empty(), true);
    var narrow = with(new Kind("narrow"), Optional.of(2), Optional.empty(), false);
    var slow = with(new Kind("slow"), Optional.empty(), Optional.of(60), false);
    save(usual, paused, narrow, slow);

    assertThat(take(usual.kind(), paused.kind(), narrow.kind(), slow.kind(), new Kind("none")))
        .isEqualTo(
            Map.of(
                owned(paused), new Limited(paused, Instant.EPOCH),
                owned(narrow), new Limited(narrow, Instant.EPOCH),
                owned(slow), new Limited(slow, Instant.EPOCH)));
    assertThat(take()).isEmpty();
  }

  @Test
  void keepsWhenTheNextStartIsThroughLaterPolicies() {
    save(limited(ACME.id(), PULL), limited(ACME.id(), SYNC));
    var next = NOON.plusNanos(123_456_000);

    stores().write(() -> policies().saveNextStart(new OwnedKind(ACME.id(), PULL), next));
    save(limited(ACME.id(), PULL));

    var taken = take(PULL, SYNC);
    assertThat(nextStart(taken, PULL)).isEqualTo(next);
    assertThat(nextStart(taken, SYNC)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void keepsNoNextStartOfAKindWithoutAPolicy() {
    stores().write(() -> policies().saveNextStart(new OwnedKind(ACME.id(), PULL), NOON));

    assertThat(policies().find(ACME.id(), PULL)).isEmpty();
  }

  @Test
  void listsTheKindsOfAnOrganizationPageByPage() {
    save(
        limited(ACME.id(), new Kind("b")),
        limited(ACME.id(), new Kind("a/1")),
        limited(ACME.id(), new Kind("B")),
        limited(GLOBEX.id(), new Kind("a")));

    assertThat(policies().page(ACME.id(), Optional.empty(), 2))
        .extracting(policy -> policy.kind().value())
        .containsExactly("B", "a/1");
    assertThat(policies().page(ACME.id(), Optional.of(new Kind("a/1")), 2))
        .extracting(policy -> policy.kind().value())
        .containsExactly("b");
    assertThat(policies().page(ACME.id(), Optional.of(new Kind("b")), 2)).isEmpty();
  }

  @Test
  void letsThoseWhoTakeAPolicyDoSoOneAfterTheOther() {
    save(limited(ACME.id(), PULL), limited(ACME.id(), SYNC));

    AtOnce.with(
        8,
        i -> {
          for (var round = 0; round < 10; round++) {
            stores()
                .write(() -> {
                  var taken = i % 2 == 0 ? take(PULL, SYNC) : take(SYNC, PULL);
                  for (var kind : List.of(PULL, SYNC)) {
                    var later = nextStart(taken, kind).plusSeconds(1);
                    policies().saveNextStart(new OwnedKind(ACME.id(), kind), later);
                  }
                });
          }
          return true;
        });

    var taken = take(PULL, SYNC);
    assertThat(nextStart(taken, PULL)).isEqualTo(Instant.EPOCH.plusSeconds(80));
    assertThat(nextStart(taken, SYNC)).isEqualTo(Instant.EPOCH.plusSeconds(80));
  }

  private static Instant nextStart(Map<OwnedKind, Limited> taken, Kind kind) {
    return Objects.requireNonNull(taken.get(new OwnedKind(ACME.id(), kind))).nextStart();
  }

  private Map<OwnedKind, Limited> take(Kind... kinds) {
    var owned = Arrays.stream(kinds).map(kind -> new OwnedKind(ACME.id(), kind)).toList();
    return written(() -> policies().takeLimited(owned));
  }

  private void save(KindPolicy... saved) {
    stores().write(() -> Arrays.asList(saved).forEach(policies()::save));
  }

  private <T> T written(Supplier<T> work) {
    return stores().transactions().inTransaction(work);
  }

  private KindPolicies policies() {
    return stores().kindPolicies();
  }

  private static OwnedKind owned(KindPolicy policy) {
    return new OwnedKind(policy.organization(), policy.kind());
  }

  private static KindPolicy limited(OrganizationId organization, Kind kind) {
    return new KindPolicy(
        organization,
        kind,
        5,
        new Backoff(Duration.ofMillis(1_500), 3, Duration.ofMinutes(1)),
        Optional.of(Duration.ofSeconds(90)),
        Optional.of(10),
        Optional.of(600),
        false,
        NOON);
  }

  private static KindPolicy with(
      Kind kind, Optional<Integer> mostRunning, Optional<Integer> perMinute, boolean isPaused) {
    return new KindPolicy(
        ACME.id(),
        kind,
        3,
        Backoff.USUAL,
        Optional.empty(),
        mostRunning,
        perMinute,
        isPaused,
        NOON);
  }
}
