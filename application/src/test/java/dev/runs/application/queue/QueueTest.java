package dev.runs.application.queue;

import static dev.runs.application.validation.ValidationFixtures.EVENTS;
import static dev.runs.application.validation.ValidationFixtures.ofRun;
import static dev.runs.domain.queue.QueueFixtures.SYNC;
import static dev.runs.domain.queue.QueueFixtures.WORKER;
import static dev.runs.domain.run.RunFixtures.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.UseCaseTest;
import dev.runs.application.queue.ClaimRuns.Claimed;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.ReportOutcomes.Report;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRun.Parent;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.event.EventType;
import dev.runs.domain.queue.Backoff;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.Input;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The life of queued runs, over the world in memory. */
final class QueueTest extends UseCaseTest {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Outcome DONE =
      new Outcome.Succeeded(Optional.empty(), Optional.of(new Payload("{\"rows\":3}")));
  private static final Outcome BROKEN = new Outcome.Failed("broken", true, RunFailure.Kind.USER);

  private final SplittableRandom random = new SplittableRandom(1);
  private final QueueUseCases queue = QueueUseCases.over(world, ids, clock, random, random);
  private final CreateRuns createRuns = queue.createRuns();
  private final KeepLeases keepLeases = queue.keepLeases();
  private final ReportOutcomes reportOutcomes = queue.reportOutcomes();
  private final ReapLeases reapLeases = queue.reapLeases();
  private final ReadyDueRuns readyDueRuns = queue.readyDueRuns();
  private final CancelRuns cancelRuns = queue.cancelRuns();
  private final RetryRun retryRun = queue.retryRun();

  @Test
  void goesFromEnqueuedToSucceeded() {
    var made = enqueue(OF_ACME, SYNC);
    var claimed = claimOne(OF_ACME);

    assertThat(claimed.run().id()).isEqualTo(made.run().id());
    assertThat(claimed.input()).isEqualTo(new Payload("{}"));
    assertThat(claimed.lease().expiresAt()).isEqualTo(clock.instant().plus(LEASE));
    var ended = reportOutcomes.report(OF_ACME, new Report(shown(claimed), DONE));

    assertThat(ended.run().stateName()).isEqualTo(StateName.SUCCEEDED);
    assertThat(world.jobs().payloads(List.of(made.run().id())).get(made.run().id()))
        .isNotNull()
        .satisfies(its -> assertThat(its.output()).contains(new Payload("{\"rows\":3}")));
    assertThat(toldTypes())
        .containsExactly(
            EventType.CREATED, EventType.ENQUEUED, EventType.STARTED, EventType.SUCCEEDED);
  }

  @Test
  void failsByVerdictWhenAValidationStandsAgainstItsSuccess() {
    var made = enqueue(OF_ACME, SYNC);
    var claimed = claimOne(OF_ACME);
    world.write(() -> {
      world
          .contractPolicies()
          .save(new ContractPolicy(ACME.id(), EVENTS, Gate.FAIL, clock.instant()));
      world.validations().add(ofRun(made.run(), 7, EVENTS, Verdict.FAILED), Optional.empty());
    });

    var report = new Report(shown(claimed), DONE);
    var ended = reportOutcomes.report(OF_ACME, report);

    assertThat(ended.run().isRefusedByVerdict()).isTrue();
    assertThat(reportOutcomes.report(OF_ACME, report)).isEqualTo(ended);
    assertThat(world.jobs().payloads(List.of(made.run().id())).get(made.run().id()))
        .isNotNull()
        .satisfies(its -> assertThat(its.output()).contains(new Payload("{\"rows\":3}")));
    assertThat(toldTypes()).last().isEqualTo(EventType.FAILED);
    assertThat(told().getLast().event().details().get("reason")).contains("user-events-contract");
  }

  @Test
  void isMadeOnceForTheSameKeyAndRequest() {
    var first = enqueue(OF_ACME, request(SYNC, "key-1", "same"));
    var second = enqueue(OF_ACME, request(SYNC, "key-1", "same"));

    assertThat(second.isNew()).isFalse();
    assertThat(second.run()).isEqualTo(first.run());
    assertThat(enqueue(OF_GLOBEX, request(SYNC, "key-1", "same")).isNew()).isTrue();
    assertThatExceptionOfType(QueueRejected.KeyReused.class)
        .isThrownBy(() -> enqueue(OF_ACME, request(SYNC, "key-1", "other")));
  }

  @Test
  void isMadeOnceForTheSameKeyInOneBatch() {
    var twice =
        createRuns.createAll(
            OF_ACME,
            List.of(
                newRun(ACME.id(), request(SYNC, "key-1", "same")),
                newRun(ACME.id(), request(SYNC, "key-1", "same"))),
            Receipt.none());

    assertThat(twice).extracting(MadeRun::isNew).containsExactly(true, false);
    assertThat(twice.get(1).run()).isEqualTo(twice.get(0).run());
  }

  @Test
  void isClaimedByKindAndWithinReachOnly() {
    enqueue(OF_ACME, new Kind("a"));

    assertThat(claim(OF_GLOBEX, Set.of(), 10)).isEmpty();
    assertThat(claim(OF_ACME, Set.of(new Kind("b")), 10)).isEmpty();
    assertThat(claim(OF_ACME, Set.of(new Kind("a")), 10)).hasSize(1);
    assertThat(claim(OF_ACME, Set.of(), 10)).isEmpty();
  }

  @Test
  void isSharedByWorkersWhoComeTogetherEachUnderItsOwnNameAndWithinItsLimit() {
    var enqueued = new HashSet<RunId>();
    for (var i = 0; i < 40; i++) {
      enqueued.add(enqueue(OF_ACME, SYNC).run().id());
    }

    var shares =
        AtOnce.with(
            8,
            i ->
                claimAs(
                    new WorkerId("worker-" + (i + 1)),
                    i == 7 ? PLATFORM : OF_ACME,
                    Set.of(),
                    i + 1));

    for (var i = 0; i < shares.size(); i++) {
      var limit = i + 1;
      assertThat(shares.get(i))
          .hasSize(limit)
          .allSatisfy(claimed ->
              assertThat(claimed.lease().worker()).isEqualTo(new WorkerId("worker-" + limit)));
    }
    assertThat(shares.stream().flatMap(List::stream).map(claimed -> claimed.run().id()))
        .doesNotHaveDuplicates()
        .hasSize(36)
        .isSubsetOf(enqueued);
    assertThat(claim(OF_ACME, Set.of(), 100)).hasSize(4);
  }

  @Test
  void isDealtOutFairlyToAWorkerOfAllOrganizations() {
    for (var i = 0; i < 50; i++) {
      enqueue(OF_ACME, SYNC);
    }
    var only = enqueue(OF_GLOBEX, SYNC);

    assertThat(claim(PLATFORM, Set.of(), 2))
        .extracting(one -> one.run().id())
        .contains(only.run().id());
  }

  @Test
  void takesAllOfALongLineWhenTheOthersAreShort() {
    for (var i = 0; i < 40; i++) {
      enqueue(OF_ACME, SYNC);
    }
    for (var i = 0; i < 9; i++) {
      enqueue(OF_ACME, new Kind("short-" + i));
    }

    assertThat(claim(OF_ACME, Set.of(), 49)).hasSize(49);
  }

  @Test
  void isNotStartedBeforeItsTime() {
    var at = clock.instant().plusSeconds(60);
    enqueue(OF_ACME, scheduled(at));

    readyDueRuns.ready();
    assertThat(claim(OF_ACME, Set.of(), 1)).isEmpty();
    clock.set(at);
    readyDueRuns.ready();
    assertThat(claim(OF_ACME, Set.of(), 1)).hasSize(1);
  }

  @Test
  void keepsItsLeaseWhileTheWorkerIsHeardOf() {
    enqueue(OF_ACME, SYNC);
    var claimed = claimOne(OF_ACME);
    clock.advance(LEASE.minusSeconds(1));

    var kept = keepLeases.keep(OF_ACME, shown(claimed), Optional.empty());

    assertThat(kept.expiresAt()).isEqualTo(clock.instant().plus(LEASE));
    clock.advance(LEASE.minusSeconds(1));
    reapLeases.reap();
    assertThat(state(claimed.run())).isEqualTo(StateName.RUNNING);
  }

  @Test
  void isTriedAgainAfterTheLeaseAndNotBefore() {
    enqueue(OF_ACME, SYNC);
    var claimed = claimOne(OF_ACME);
    clock.advance(LEASE.minusMillis(1));
    reapLeases.reap();
    assertThat(state(claimed.run())).isEqualTo(StateName.RUNNING);

    clock.advance(Duration.ofMillis(1));
    reapLeases.reap();
    assertThat(state(claimed.run())).isEqualTo(StateName.QUEUED);
    clock.advance(Backoff.USUAL.bound(1));
    readyDueRuns.ready();
    var again = claimOne(OF_ACME);

    assertThat(again.run().attempt()).isEqualTo(2);
    assertThatExceptionOfType(QueueRejected.StaleLease.class)
        .isThrownBy(() -> reportOutcomes.report(OF_ACME, new Report(shown(claimed), DONE)))
        .satisfies(stale -> assertThat(stale.currentState()).isEqualTo(StateName.RUNNING));
    assertThatExceptionOfType(QueueRejected.StaleLease.class)
        .isThrownBy(() -> keepLeases.keep(OF_ACME, shown(claimed), Optional.empty()));
  }

  @Test
  void takesTheSameReportTwiceAndNoOther() {
    enqueue(OF_ACME, SYNC);
    var claimed = claimOne(OF_ACME);
    var first = reportOutcomes.report(OF_ACME, new Report(shown(claimed), DONE));

    assertThat(reportOutcomes.report(OF_ACME, new Report(shown(claimed), DONE))).isEqualTo(first);
    assertThatExceptionOfType(QueueRejected.StaleLease.class)
        .isThrownBy(() -> reportOutcomes.report(OF_ACME, new Report(shown(claimed), BROKEN)));
  }

  @Test
  void doesNotBelieveATokenThatWasMadeUp() {
    enqueue(OF_ACME, SYNC);
    var claimed = claimOne(OF_ACME);
    var forged =
        new Shown(claimed.run().id(), 1, new LeaseToken(new UUID(0, 0)), claimed.lease().worker());

    assertThatExceptionOfType(QueueRejected.StaleLease.class)
        .isThrownBy(() -> reportOutcomes.report(OF_ACME, new Report(forged, DONE)));
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> reportOutcomes.report(OF_GLOBEX, new Report(shown(claimed), DONE)));
    assertThat(state(claimed.run())).isEqualTo(StateName.RUNNING);
  }

  @Test
  void failsWhenItsAttemptsAreSpent() {
    enqueue(OF_ACME, SYNC);
    for (var attempt = 1; attempt <= 3; attempt++) {
      reportOutcomes.report(OF_ACME, new Report(shown(claimOne(OF_ACME)), BROKEN));
      clock.advance(Backoff.USUAL.bound(attempt));
      readyDueRuns.ready();
    }

    assertThat(claim(OF_ACME, Set.of(), 1)).isEmpty();
    assertThat(toldTypes()).endsWith(EventType.STARTED, EventType.FAILED);
  }

  @Test
  void tellsOfEachAttempt() {
    enqueue(OF_ACME, SYNC);
    reportOutcomes.report(OF_ACME, new Report(shown(claimOne(OF_ACME)), BROKEN));
    clock.advance(Backoff.USUAL.bound(1));
    readyDueRuns.ready();
    reportOutcomes.report(OF_ACME, new Report(shown(claimOne(OF_ACME)), new Outcome.Released()));
    var lost = claimOne(OF_ACME);
    clock.advance(LEASE);
    reapLeases.reap();

    assertThat(state(lost.run())).isEqualTo(StateName.QUEUED);
    assertThat(toldTypes())
        .containsExactly(
            EventType.CREATED,
            EventType.ENQUEUED,
            EventType.STARTED,
            EventType.RETRIED,
            EventType.STARTED,
            EventType.RETRIED,
            EventType.STARTED,
            EventType.RETRIED);
  }

  @Test
  void tellsThatItsEndWasAskedForAndThatItCame() {
    enqueue(OF_ACME, SYNC);
    var claimed = claimOne(OF_ACME);
    cancelRuns.cancel(OF_ACME, claimed.run().id(), 10);
    cancelRuns.cancel(OF_ACME, claimed.run().id(), 10);

    assertThat(toldTypes()).endsWith(EventType.STARTED, EventType.CANCEL_REQUESTED);
    clock.advance(QueueUseCases.GRACE);
    reapLeases.reap();
    assertThat(toldTypes()).endsWith(EventType.CANCEL_REQUESTED, EventType.CANCELED);
  }

  @Test
  void tellsThatAnAttemptTookTooLong() {
    policy(Optional.of(Duration.ofSeconds(5)), Optional.empty(), Optional.empty(), false);
    enqueue(OF_ACME, SYNC);
    claimOne(OF_ACME);
    clock.advance(Duration.ofSeconds(5));
    reapLeases.reap();

    assertThat(toldTypes()).endsWith(EventType.STARTED, EventType.TIMED_OUT);
  }

  @Test
  void isCanceledWithEverythingBelowIt() {
    var root = enqueue(OF_ACME, SYNC).run();
    var waiting = below(root, SYNC);
    var running = below(root, new Kind("running"));
    var claimed = claim(OF_ACME, Set.of(new Kind("running")), 1).getFirst();

    var canceled = cancelRuns.cancel(OF_ACME, root.id(), 10);

    assertThat(canceled.stateName()).isEqualTo(StateName.CANCELED);
    assertThat(state(waiting)).isEqualTo(StateName.CANCELED);
    assertThat(state(running)).isEqualTo(StateName.RUNNING);
    assertThat(keepLeases.keep(OF_ACME, shown(claimed), Optional.empty()).cancelBy())
        .contains(clock.instant().plus(QueueUseCases.GRACE));
    assertThatExceptionOfType(QueueRejected.CanceledAbove.class)
        .isThrownBy(() -> below(running, SYNC));
    assertThat(claim(OF_ACME, Set.of(), 10)).isEmpty();

    clock.advance(QueueUseCases.GRACE);
    reapLeases.reap();
    assertThat(state(running)).isEqualTo(StateName.CANCELED);
    while (cancelRuns.sweep()) {
      // each cancellation has its turn
    }
    assertThat(world.cancellations().next()).isEmpty();
  }

  @Test
  void isCanceledOnceAndNeverAfterItEnded() {
    var run = enqueue(OF_ACME, SYNC).run();
    cancelRuns.cancel(OF_ACME, run.id(), 1);
    assertThat(cancelRuns.cancel(OF_ACME, run.id(), 1).stateName()).isEqualTo(StateName.CANCELED);

    var done = enqueue(OF_ACME, SYNC).run();
    reportOutcomes.report(OF_ACME, new Report(shown(claimOne(OF_ACME)), DONE));
    assertThatExceptionOfType(RunRejected.IllegalMove.class)
        .isThrownBy(() -> cancelRuns.cancel(OF_ACME, done.id(), 1));
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> cancelRuns.cancel(OF_GLOBEX, run.id(), 1));
  }

  @Test
  void isDoneAgainAsANewRunThatNamesTheOldOne() {
    var run = enqueue(OF_ACME, request(SYNC, "key-1", "same")).run();
    assertThatExceptionOfType(QueueRejected.NotFinished.class)
        .isThrownBy(() -> retryRun.retry(OF_ACME, run.id(), Receipt.none()));
    cancelRuns.cancel(OF_ACME, run.id(), 1);

    var again = retryRun.retry(OF_ACME, run.id(), Receipt.none());

    assertThat(again.run().id()).isNotEqualTo(run.id());
    assertThat(again.job().orElseThrow().retryOf()).contains(run.id());
    assertThat(again.job().orElseThrow().key()).isEmpty();
    assertThat(claimOne(OF_ACME).run().id()).isEqualTo(again.run().id());
  }

  @Test
  void doesNotStartMoreOfAKindThanItsPolicyAllows() {
    policy(Optional.of(2), Optional.empty(), false);
    for (var i = 0; i < 5; i++) {
      enqueue(OF_ACME, SYNC);
    }

    var claimed = claim(OF_ACME, Set.of(), 5);
    assertThat(claimed).hasSize(2);
    assertThat(claim(OF_ACME, Set.of(), 5)).isEmpty();
    reportOutcomes.report(OF_ACME, new Report(shown(claimed.getFirst()), DONE));
    assertThat(claim(OF_ACME, Set.of(), 5)).hasSize(1);
  }

  @Test
  void startsNothingOfAKindThatIsPaused() {
    policy(Optional.empty(), Optional.empty(), true);
    enqueue(OF_ACME, SYNC);
    enqueue(OF_ACME, new Kind("other"));

    assertThat(claim(OF_ACME, Set.of(), 5))
        .extracting(one -> one.job().kind())
        .containsExactly(new Kind("other"));
  }

  @Test
  void spreadsTheStartsOfAKindOverTheMinute() {
    policy(Optional.empty(), Optional.of(60), false);
    for (var i = 0; i < 200; i++) {
      enqueue(OF_ACME, SYNC);
    }
    var started = 0;
    for (var second = 0; second < 120; second++) {
      started += claim(OF_ACME, Set.of(), 100).size();
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(started).isBetween(119, 122);
  }

  private MadeRun enqueue(Caller caller, Kind kind) {
    return enqueue(caller, request(kind, Optional.empty(), "f", Optional.empty()));
  }

  private MadeRun enqueue(Caller caller, JobRequest request) {
    return createRuns.create(caller, newRun(caller.organization(), request), Receipt.none());
  }

  private Run below(Run parent, Kind kind) {
    var run =
        NewRun.queued(
            ACME.id(),
            Optional.empty(),
            Optional.of(new Parent.Existing(parent.id())),
            request(kind, Optional.empty(), "f", Optional.empty()),
            new Input.Members(Map.of()));
    return createRuns.create(OF_ACME, run, Receipt.none()).run();
  }

  private static NewRun newRun(OrganizationId organization, JobRequest request) {
    return NewRun.queued(
        organization, Optional.empty(), Optional.empty(), request, new Input.Members(Map.of()));
  }

  private static JobRequest request(Kind kind, String key, String fingerprint) {
    return request(kind, Optional.of(new JobKey(key)), fingerprint, Optional.empty());
  }

  private static JobRequest scheduled(Instant at) {
    return request(SYNC, Optional.empty(), "f", Optional.of(at));
  }

  private static JobRequest request(
      Kind kind, Optional<JobKey> key, String fingerprint, Optional<Instant> at) {
    return new JobRequest(
        kind,
        new Payload("{}"),
        Optional.empty(),
        Priority.USUAL,
        at,
        Optional.empty(),
        key,
        fingerprint,
        Optional.empty());
  }

  private void policy(
      Optional<Integer> mostRunning, Optional<Integer> startsPerMinute, boolean isPaused) {
    policy(Optional.empty(), mostRunning, startsPerMinute, isPaused);
  }

  private void policy(
      Optional<Duration> timeout,
      Optional<Integer> mostRunning,
      Optional<Integer> startsPerMinute,
      boolean isPaused) {
    world.write(() ->
        world
            .kindPolicies()
            .save(
                new KindPolicy(
                    ACME.id(),
                    SYNC,
                    3,
                    Backoff.USUAL,
                    timeout,
                    mostRunning,
                    startsPerMinute,
                    isPaused,
                    clock.instant())));
  }

  private Claimed claimOne(Caller caller) {
    return claim(caller, Set.of(), 1).getFirst();
  }

  private List<Claimed> claim(Caller caller, Set<Kind> kinds, int limit) {
    return claimAs(WORKER, caller, kinds, limit);
  }

  private List<Claimed> claimAs(WorkerId worker, Caller caller, Set<Kind> kinds, int limit) {
    return queue
        .claimRuns()
        .claim(caller, new ClaimRuns.Request(worker, kinds, limit, LEASE), Duration.ZERO);
  }

  private static Shown shown(Claimed claimed) {
    var lease = claimed.lease();
    return new Shown(lease.run(), lease.attempt(), lease.token(), lease.worker());
  }

  private StateName state(Run run) {
    return world.runs().get(PLATFORM.reach(), run.id()).stateName();
  }
}
