package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.MINUTE;
import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.SYNC;
import static dev.runs.application.queue.QueueFixtures.lease;
import static dev.runs.application.queue.QueueFixtures.line;
import static dev.runs.application.queue.QueueFixtures.ready;
import static dev.runs.application.queue.QueueFixtures.shown;
import static dev.runs.application.queue.QueueFixtures.token;
import static dev.runs.application.queue.QueueFixtures.waiting;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.queue.Leases.NewLease;
import dev.runs.application.queue.QueueContents.Executed;
import dev.runs.application.queue.QueueContents.KindLoad;
import dev.runs.application.queue.QueueContents.Worker;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.application.queue.WaitingRuns.NewWaiting;
import dev.runs.application.queue.WaitingRuns.Readiness;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.queue.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What everybody promises who shows what stands in the queue. */
public abstract class QueueContentsContract extends StoresContract {

  private static final Reach.Within OF_ACME = Reach.within(ACME.id());
  private static final Slug CRAWL = new Slug("crawl");
  private static final Reach.Within OF_CRAWL = new Reach.Within(ACME.id(), Set.of(CRAWL));
  private static final Kind MAIL = new Kind("mail");
  private static final Readiness TOMORROW = new Readiness.After(Duration.ofDays(1));
  private static final Readiness LONG_AGO = new Readiness.At(NOON);

  @Test
  void showsNothingInAnEmptyQueue() {
    assertThat(loads(OF_ACME)).isEmpty();
    assertThat(contents().workers(OF_ACME, 10).first()).isEmpty();
    assertThat(contents().load(OF_ACME, PULL))
        .isEqualTo(new KindLoad(PULL, Amount.NONE, Amount.NONE, Amount.NONE, Optional.empty()));
  }

  @Test
  void countsTheRunsOfEachKindInEachState() {
    enqueue(
        waiting(1, line(ACME.id(), PULL), 0, LONG_AGO),
        ready(2, new Line(ACME.id(), CRAWL, PULL)),
        ready(3, line(GLOBEX.id(), PULL)),
        waiting(4, line(ACME.id(), SYNC), 0, TOMORROW));
    give(lease(5, MINUTE), lease(6, line(ACME.id(), MAIL), MINUTE, Optional.empty()));

    assertThat(loads(OF_ACME))
        .containsExactly(
            new KindLoad(MAIL, exactly(0), exactly(0), exactly(1), Optional.empty()),
            new KindLoad(PULL, exactly(2), exactly(0), exactly(1), Optional.of(NOON)),
            new KindLoad(SYNC, exactly(0), exactly(1), exactly(0), Optional.empty()));
    assertThat(contents().load(OF_ACME, SYNC)).isEqualTo(loads(OF_ACME).getLast());
  }

  @Test
  void showsOnlyWhatLiesWithinReach() {
    enqueue(
        ready(1, line(ACME.id(), PULL)),
        waiting(2, line(ACME.id(), SYNC), 0, TOMORROW),
        waiting(3, new Line(ACME.id(), CRAWL, PULL), 0, LONG_AGO));
    give(lease(4, MINUTE));

    assertThat(loads(OF_CRAWL))
        .containsExactly(new KindLoad(PULL, exactly(1), exactly(0), exactly(0), Optional.of(NOON)));
    assertThat(contents().ready(OF_CRAWL, PULL, 10))
        .extracting(Waiting::run)
        .containsExactly(runId(3));
    assertThat(contents().delayed(OF_CRAWL, SYNC, 10)).isEmpty();
    assertThat(contents().running(OF_CRAWL, PULL, 10)).isEmpty();
    assertThat(contents().workers(OF_CRAWL, 10).first()).isEmpty();
    assertThat(loads(Reach.within(GLOBEX.id()))).isEmpty();
  }

  @Test
  void showsKindsPageByPageWhereverTheyAreKnownFrom() {
    enqueue(
        ready(1, line(ACME.id(), new Kind("b"))),
        ready(2, line(ACME.id(), new Kind("d"))),
        waiting(3, line(ACME.id(), new Kind("a")), 0, TOMORROW),
        waiting(4, line(ACME.id(), new Kind("d")), 0, TOMORROW));
    give(lease(5, line(ACME.id(), new Kind("e")), MINUTE, Optional.empty()));
    stores()
        .write(
            () -> stores().kindPolicies().save(KindPolicy.usual(ACME.id(), new Kind("c"), NOON)));

    assertThat(kinds(Optional.empty(), 2)).containsExactly("a", "b");
    assertThat(kinds(Optional.of("b"), 2)).containsExactly("c", "d");
    assertThat(kinds(Optional.of("d"), 2)).containsExactly("e");
    assertThat(kinds(Optional.of("e"), 2)).isEmpty();
  }

  @Test
  void ordersReadyRunsAsTheyWouldBeClaimed() {
    enqueue(
        waiting(1, line(ACME.id(), PULL), 0, new Readiness.At(NOON.plusSeconds(2))),
        waiting(2, new Line(ACME.id(), CRAWL, PULL), 0, LONG_AGO),
        waiting(3, line(ACME.id(), PULL), 5, new Readiness.At(NOON.plusSeconds(3))),
        waiting(4, line(ACME.id(), SYNC), 9, LONG_AGO));

    assertThat(contents().ready(OF_ACME, PULL, 10))
        .extracting(Waiting::run)
        .containsExactly(runId(3), runId(2), runId(1));
    assertThat(contents().ready(OF_ACME, PULL, 2)).hasSize(2);
  }

  @Test
  void ordersDelayedRunsByTheirTime() {
    enqueue(
        waiting(1, line(ACME.id(), PULL), 9, new Readiness.After(Duration.ofHours(2))),
        waiting(2, line(ACME.id(), PULL), 0, new Readiness.After(Duration.ofHours(1))));

    assertThat(contents().delayed(OF_ACME, PULL, 10))
        .extracting(Waiting::run)
        .containsExactly(runId(2), runId(1));
    assertThat(contents().delayed(OF_ACME, PULL, 1)).hasSize(1);
  }

  @Test
  void showsWhoExecutesARunAndWhenItWasHeardOf() {
    give(lease(1, MINUTE));
    var given = only(contents().running(OF_ACME, PULL, 10));

    assertThat(given.run()).isEqualTo(runId(1));
    assertThat(given.kind()).isEqualTo(PULL);
    assertThat(given.project()).isEqualTo(Slug.DEFAULT);
    assertThat(given.attempt()).isEqualTo(1);
    assertThat(given.worker()).isEqualTo(QueueFixtures.WORKER);
    assertThat(given.heardAt()).isEqualTo(given.claimedAt());
    assertThat(given.expiresAt()).isEqualTo(given.claimedAt().plus(MINUTE));
    assertThat(given.cancelBy()).isEmpty();

    stores().write(() -> stores().leases().extendAll(OF_ACME, List.of(shown(1)), Optional.empty()));
    stores().write(() -> stores().leases().cancelWithin(List.of(runId(1)), MINUTE));

    var kept = only(contents().running(OF_ACME, PULL, 10));
    assertThat(kept.claimedAt()).isEqualTo(given.claimedAt());
    assertThat(kept.heardAt()).isAfterOrEqualTo(given.heardAt());
    assertThat(kept.expiresAt()).isEqualTo(kept.heardAt().plus(MINUTE));
    assertThat(kept.cancelBy()).isPresent();
  }

  @Test
  void showsWorkersWithTheKindsTheyExecute() {
    give(
        lease(1, MINUTE),
        leaseOf(2, SYNC, QueueFixtures.WORKER),
        leaseOf(3, PULL, new WorkerId("a-worker")),
        new NewLease(
            runId(4),
            GLOBEX.id(),
            Slug.DEFAULT,
            PULL,
            1,
            token(4),
            new WorkerId("theirs"),
            MINUTE,
            Optional.empty()));

    var workers = contents().workers(OF_ACME, 10).first();

    assertThat(workers)
        .extracting(worker -> worker.id().value())
        .containsExactly("a-worker", QueueFixtures.WORKER.value());
    assertThat(workers.getLast().running()).isEqualTo(2);
    assertThat(workers.getLast().kinds()).containsExactly(PULL, SYNC);
    assertThat(workers.getLast())
        .satisfies(worker -> assertThat(worker.heardAt()).isAfterOrEqualTo(worker.oldestClaimAt()));
    assertThat(contents().workers(OF_ACME, 1).first())
        .extracting(Worker::id)
        .containsExactly(new WorkerId("a-worker"));
  }

  @Test
  void countsUpToANumberAndSaysSo() {
    var many = new ArrayList<NewWaiting>();
    for (var i = 0; i < QueueContents.MOST_OF_A_KIND + 1; i++) {
      many.add(waiting(1_000 + i, line(ACME.id(), PULL), 0, TOMORROW));
      many.add(ready(100_000 + i, line(ACME.id(), PULL)));
    }
    enqueue(many.toArray(NewWaiting[]::new));
    enqueue(ready(1, line(ACME.id(), SYNC)));

    var expected =
        isCapped()
            ? new Amount(QueueContents.MOST_OF_A_KIND, false)
            : exactly(QueueContents.MOST_OF_A_KIND + 1);
    assertThat(contents().load(OF_ACME, PULL).ready()).isEqualTo(expected);
    assertThat(contents().load(OF_ACME, PULL).delayed()).isEqualTo(expected);
    assertThat(contents().load(OF_ACME, SYNC).ready()).isEqualTo(exactly(1));
  }

  /** Whether counting more would cost more. */
  protected boolean isCapped() {
    return true;
  }

  private List<KindLoad> loads(Reach.Within reach) {
    return contents().loads(reach, Optional.empty(), 100);
  }

  private List<String> kinds(Optional<String> after, int limit) {
    return contents().loads(OF_ACME, after.map(Kind::new), limit).stream()
        .map(load -> load.kind().value())
        .toList();
  }

  private void enqueue(NewWaiting... waiting) {
    stores().write(() -> stores().waitingRuns().addAll(List.of(waiting)));
  }

  private void give(NewLease... leases) {
    stores().write(() -> stores().leases().addAll(List.of(leases)));
  }

  private static NewLease leaseOf(long number, Kind kind, WorkerId worker) {
    return new NewLease(
        runId(number),
        ACME.id(),
        Slug.DEFAULT,
        kind,
        1,
        token(number),
        worker,
        MINUTE,
        Optional.empty());
  }

  private static Amount exactly(int count) {
    return new Amount(count, true);
  }

  private static Executed only(List<Executed> executed) {
    assertThat(executed).hasSize(1);
    return executed.getFirst();
  }

  private QueueContents contents() {
    return stores().queueContents();
  }
}
