package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.MINUTE;
import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.SYNC;
import static dev.runs.application.queue.QueueFixtures.WORKER;
import static dev.runs.application.queue.QueueFixtures.lease;
import static dev.runs.application.queue.QueueFixtures.line;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.application.queue.QueueFixtures.shown;
import static dev.runs.application.queue.QueueFixtures.token;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.queue.Leases.NewLease;
import dev.runs.application.queue.Leases.Overdue;
import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.application.queue.Leases.Reason;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every store of leases promises. */
public abstract class LeasesContract extends StoresContract {

  private static final Reach EVERYWHERE = Reach.everywhere();
  private static final Optional<Duration> AS_GIVEN = Optional.empty();
  private static final Line ACMES = line(ACME.id(), PULL);
  private static final Line GLOBEXS = line(GLOBEX.id(), PULL);

  @Test
  void holdsForAsLongAsItIsGivenFromNowOn() {
    var added = give(lease(1, ACMES, MINUTE, Optional.of(MINUTE.multipliedBy(2))));

    var lease = only(added);
    assertThat(lease.run()).isEqualTo(runId(1));
    assertThat(lease.attempt()).isEqualTo(1);
    assertThat(lease.token()).isEqualTo(token(1));
    assertThat(lease.worker()).isEqualTo(WORKER);
    assertThat(lease.expiresAt())
        .isCloseTo(Instant.now().plus(MINUTE), within(1, ChronoUnit.HOURS));
    assertThat(lease.timesOutAt()).contains(lease.expiresAt().plus(MINUTE));
    assertThat(lease.cancelBy()).isEmpty();
    assertThat(take(EVERYWHERE, shown(1))).isEqualTo(added);
    assertThat(give()).isEmpty();
  }

  @Test
  void holdsForTheShortestAndForTheLongestTime() {
    give(lease(1, ACMES, JobLimits.SHORTEST_LEASE, Optional.of(JobLimits.LONGEST_TIMEOUT)));
    give(lease(2, ACMES, JobLimits.LONGEST_LEASE, Optional.empty()));

    assertThat(take(EVERYWHERE, shown(1), shown(2))).containsOnlyKeys(runId(1), runId(2));
    assertThat(only(take(EVERYWHERE, shown(2))).timesOutAt()).isEmpty();
  }

  @Test
  void isTakenOnlyByWhoShowsTokenAttemptAndWorker() {
    give(lease(1, MINUTE), lease(2, MINUTE));

    assertThat(
            take(
                EVERYWHERE,
                shown(1),
                new Shown(runId(2), 1, token(1), WORKER),
                new Shown(runId(2), 2, token(2), WORKER),
                new Shown(runId(2), 1, token(2), new WorkerId("worker-2")),
                shown(3)))
        .containsOnlyKeys(runId(1));
    assertThat(take(EVERYWHERE)).isEmpty();
  }

  @Test
  void isTakenOnlyWithinReach() {
    var crawls = new Line(ACME.id(), new Slug("crawl"), PULL);
    give(
        lease(1, MINUTE),
        lease(2, crawls, MINUTE, Optional.empty()),
        lease(3, GLOBEXS, MINUTE, Optional.empty()));

    assertThat(take(Reach.within(ACME.id()), shown(1), shown(2), shown(3)))
        .containsOnlyKeys(runId(1), runId(2));
    assertThat(
            take(
                new Reach.Within(ACME.id(), Set.of(new Slug("crawl"), new Slug("none"))),
                shown(1),
                shown(2),
                shown(3)))
        .containsOnlyKeys(runId(2));
    assertThat(extend(Reach.within(GLOBEX.id()), AS_GIVEN, shown(1), shown(3)))
        .containsOnlyKeys(runId(3));
  }

  @Test
  void holdsUntilItIsTakenAwayWhateverTheTimeIs() {
    give(lease(1, ACMES, Duration.ZERO, Optional.of(Duration.ZERO)));

    assertThat(take(EVERYWHERE, shown(1))).hasSize(1);
    assertThat(extend(EVERYWHERE, AS_GIVEN, shown(1))).hasSize(1);
    remove(1);

    assertThat(take(EVERYWHERE, shown(1))).isEmpty();
    assertThat(extend(EVERYWHERE, AS_GIVEN, shown(1))).isEmpty();
    assertThat(overdue(9)).isEmpty();
  }

  @Test
  void lastsLongerAsGivenOrAsAskedFor() {
    var given = only(give(lease(1, MINUTE)));

    var extended = only(extend(EVERYWHERE, AS_GIVEN, shown(1)));
    assertThat(extended.expiresAt())
        .isAfterOrEqualTo(given.expiresAt())
        .isCloseTo(given.expiresAt(), within(1, ChronoUnit.HOURS));
    var longer = only(extend(EVERYWHERE, Optional.of(Duration.ofDays(2)), shown(1)));
    assertThat(longer.expiresAt()).isAfter(given.expiresAt().plus(Duration.ofDays(1)));
    assertThat(take(EVERYWHERE, shown(1))).containsEntry(runId(1), longer);
    var again = only(extend(EVERYWHERE, AS_GIVEN, shown(1)));
    assertThat(again.expiresAt()).isBefore(given.expiresAt().plus(Duration.ofDays(1)));
  }

  @Test
  void changesNothingForWhoShowsSomethingElse() {
    var given = give(lease(1, Duration.ZERO));

    extend(
        EVERYWHERE,
        Optional.of(MINUTE),
        new Shown(runId(1), 1, token(2), WORKER),
        new Shown(runId(1), 2, token(1), WORKER),
        new Shown(runId(1), 1, token(1), new WorkerId("worker-2")));

    assertThat(take(EVERYWHERE, shown(1))).isEqualTo(given);
    assertThat(overdue(9)).hasSize(1);
  }

  @Test
  void savesFromTheReaperWhoIsHeardOfInTime() {
    give(lease(1, Duration.ZERO), lease(2, Duration.ZERO));

    extend(EVERYWHERE, Optional.of(MINUTE), shown(1));

    assertThat(overdue(9)).extracting(one -> one.lease().run()).containsExactly(runId(2));
  }

  @Test
  void isOverdueWhenItsWorkerWasNotHeardOf() {
    give(lease(1, MINUTE), lease(2, Duration.ZERO));

    assertThat(overdue(9))
        .containsExactly(new Overdue(only(take(EVERYWHERE, shown(2))), Reason.EXPIRED));
  }

  @Test
  void isOverdueWhenItsAttemptTakesTooLong() {
    give(lease(1, ACMES, MINUTE, Optional.of(MINUTE)));
    give(lease(2, ACMES, MINUTE, Optional.of(Duration.ZERO)));

    extend(EVERYWHERE, Optional.of(MINUTE), shown(2));

    assertThat(overdue(9))
        .containsExactly(new Overdue(only(take(EVERYWHERE, shown(2))), Reason.TIMED_OUT));
  }

  @Test
  void isOverdueWhenItsWorkerDoesNotStop() {
    give(lease(1, MINUTE), lease(2, MINUTE));

    assertThat(cancelWithin(Duration.ZERO, 2)).containsExactly(runId(2));
    extend(EVERYWHERE, Optional.of(MINUTE), shown(2));

    assertThat(overdue(9))
        .containsExactly(new Overdue(only(take(EVERYWHERE, shown(2))), Reason.CANCEL_OVERDUE));
  }

  @Test
  void isOverdueForWhatWasOverFirst() {
    give(lease(1, ACMES, Duration.ofMillis(-1), Optional.of(Duration.ZERO)));
    cancelWithin(Duration.ZERO, 1);

    assertThat(overdue(9)).extracting(Overdue::reason).containsExactly(Reason.EXPIRED);
  }

  @Test
  void isOverdueForTheTimeoutWhenBothAreOverAtOnce() {
    give(lease(1, ACMES, Duration.ZERO, Optional.of(Duration.ZERO)));

    assertThat(overdue(9)).extracting(Overdue::reason).containsExactly(Reason.TIMED_OUT);
  }

  @Test
  void letsWhatWasAskedForBeforeStand() {
    give(lease(1, MINUTE));
    cancelWithin(MINUTE, 1);
    var first = only(take(EVERYWHERE, shown(1)));
    assertThat(first.cancelBy()).isPresent();

    assertThat(cancelWithin(Duration.ZERO, 1)).containsExactly(runId(1));

    assertThat(only(take(EVERYWHERE, shown(1)))).isEqualTo(first);
    assertThat(overdue(9)).isEmpty();
  }

  @Test
  void asksForTheEndOfThoseThatHaveALease() {
    give(lease(1, MINUTE), lease(3, MINUTE));

    assertThat(cancelWithin(MINUTE, 3, 2, 1)).containsExactlyInAnyOrder(runId(1), runId(3));
    assertThat(cancelWithin(MINUTE)).isEmpty();
  }

  @Test
  void isNotOverdueSoonerForAGraceThatLastsLonger() {
    give(lease(1, Duration.ZERO));

    cancelWithin(MINUTE, 1);

    assertThat(overdue(9)).extracting(Overdue::reason).containsExactly(Reason.EXPIRED);
  }

  @Test
  void givesTheLongestOverdueFirstAndAsManyAsAreAskedFor() {
    give(lease(1, Duration.ofMillis(-1)));
    give(lease(2, Duration.ofMillis(-3)));
    give(lease(3, Duration.ofDays(-1)));
    give(lease(4, MINUTE));

    assertThat(overdue(2)).extracting(one -> one.lease().run()).first().isEqualTo(runId(3));
    assertThat(overdue(2)).hasSize(2);
    assertThat(overdue(3)).hasSize(3);
    assertThat(overdue(4)).hasSize(3);
  }

  @Test
  void countsTheLeasesOfKinds() {
    give(
        lease(1, MINUTE),
        lease(2, new Line(ACME.id(), new Slug("crawl"), PULL), MINUTE, Optional.empty()),
        lease(3, line(ACME.id(), SYNC), MINUTE, Optional.empty()),
        lease(4, GLOBEXS, MINUTE, Optional.empty()));
    var acmesPull = new OwnedKind(ACME.id(), PULL);
    var globexsPull = new OwnedKind(GLOBEX.id(), PULL);
    var globexsSync = new OwnedKind(GLOBEX.id(), SYNC);

    assertThat(leases().count(List.of(acmesPull, globexsPull, globexsSync)))
        .isEqualTo(Map.of(acmesPull, 2, globexsPull, 1, globexsSync, 0));
    assertThat(leases().count(List.of())).isEmpty();
    remove(1, 4);
    assertThat(leases().count(List.of(acmesPull, globexsPull)))
        .isEqualTo(Map.of(acmesPull, 1, globexsPull, 0));
  }

  @Test
  void isGivenAgainWithAnotherToken() {
    give(lease(1, MINUTE));
    remove(1);

    give(
        new NewLease(
            runId(1),
            ACME.id(),
            Slug.DEFAULT,
            PULL,
            2,
            token(9),
            WORKER,
            MINUTE,
            Optional.empty()));

    assertThat(take(EVERYWHERE, shown(1))).isEmpty();
    assertThat(take(EVERYWHERE, new Shown(runId(1), 2, token(9), WORKER))).hasSize(1);
  }

  @Test
  void takesNothingAwayWhenItsTransactionFails() {
    give(lease(1, MINUTE));
    try {
      stores()
          .write(() -> {
            leases().removeAll(List.of(runId(1)));
            throw new IllegalArgumentException("a failure after the lease was removed");
          });
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("removed");
    }

    assertThat(take(EVERYWHERE, shown(1))).hasSize(1);
  }

  /** A worker reports while the reaper comes: one of them has the lease, never both. */
  @Test
  void goesToTheWorkerOrToTheReaper() {
    for (var round = 1; round <= 20; round++) {
      var number = round;
      give(lease(number, Duration.ZERO));

      var wins =
          AtOnce.<Boolean>all(
              List.of(
                  () ->
                      written(() ->
                          isRemoved(leases().takeAll(EVERYWHERE, List.of(shown(number))).keySet())),
                  () ->
                      written(() ->
                          isRemoved(
                              leases().takeOverdue(9).stream()
                                  .map(one -> one.lease().run())
                                  .toList()))));

      assertThat(wins.stream().filter(isWon -> isWon).count()).isLessThanOrEqualTo(1);
      if (wins.contains(true)) {
        assertThat(take(EVERYWHERE, shown(number))).isEmpty();
      }
      remove(number);
    }
  }

  @Test
  void goesWithItsRun() {
    add(queuedRun(1), queuedRun(2));
    give(lease(1, MINUTE), lease(2, MINUTE));
    mark(queuedRun(1));

    sweep(queuedRun(1), 5);

    assertThat(take(EVERYWHERE, shown(1), shown(2))).containsOnlyKeys(runId(2));
  }

  private boolean isRemoved(Collection<RunId> taken) {
    leases().removeAll(taken);
    return !taken.isEmpty();
  }

  protected final Map<RunId, Lease> give(NewLease... leases) {
    return written(() -> leases().addAll(Arrays.asList(leases)));
  }

  private Map<RunId, Lease> take(Reach reach, Shown... shown) {
    return written(() -> leases().takeAll(reach, Arrays.asList(shown)));
  }

  private Map<RunId, Lease> extend(Reach reach, Optional<Duration> length, Shown... shown) {
    return written(() -> leases().extendAll(reach, Arrays.asList(shown), length));
  }

  private List<RunId> cancelWithin(Duration grace, long... runs) {
    return written(() -> leases().cancelWithin(ids(runs), grace));
  }

  private void remove(long... runs) {
    stores().write(() -> leases().removeAll(ids(runs)));
  }

  protected final List<Overdue> overdue(int most) {
    return written(() -> leases().takeOverdue(most));
  }

  protected final <T> T written(Supplier<T> work) {
    return stores().transactions().inTransaction(work);
  }

  protected final Leases leases() {
    return stores().leases();
  }

  private static Lease only(Map<RunId, Lease> leases) {
    assertThat(leases).hasSize(1);
    return leases.values().iterator().next();
  }

  private static List<RunId> ids(long... runs) {
    return Arrays.stream(runs).mapToObj(run -> runId(run)).toList();
  }
}
