package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.SYNC;
import static dev.runs.application.queue.QueueFixtures.line;
import static dev.runs.application.queue.QueueFixtures.newJob;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.application.queue.QueueFixtures.ready;
import static dev.runs.application.queue.QueueFixtures.waiting;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.application.queue.WaitingRuns.NewWaiting;
import dev.runs.application.queue.WaitingRuns.Readiness;
import dev.runs.application.queue.WaitingRuns.Wanted;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every store of waiting runs promises. */
public abstract class WaitingRunsContract extends StoresContract {

  private static final Readiness NOW = new Readiness.Now();
  private static final Readiness MUCH_LATER = new Readiness.After(Duration.ofDays(1));
  private static final Slug CRAWL = new Slug("crawl");
  private static final Line ACME_PULL = line(ACME.id(), PULL);
  private static final Line ACME_SYNC = line(ACME.id(), SYNC);
  private static final Line ACME_CRAWL_PULL = new Line(ACME.id(), CRAWL, PULL);
  private static final Line GLOBEX_PULL = line(GLOBEX.id(), PULL);
  private static final Line GLOBEX_SYNC = line(GLOBEX.id(), SYNC);

  @Test
  void givesBackAWaitingRunAsItIsKept() {
    var before = Instant.now().minus(Duration.ofMinutes(10));

    enqueue(waiting(1, ACME_SYNC, Priority.HIGHEST, NOW));

    var kept = first(ACME_SYNC, 5);
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().run()).isEqualTo(runId(1));
    assertThat(kept.getFirst().organization()).isEqualTo(ACME.id());
    assertThat(kept.getFirst().project()).isEqualTo(Slug.DEFAULT);
    assertThat(kept.getFirst().kind()).isEqualTo(SYNC);
    assertThat(kept.getFirst().priority()).isEqualTo(new Priority(Priority.HIGHEST));
    assertThat(kept.getFirst().readyAt()).isAfter(before);
  }

  @Test
  void putsTheHigherPriorityFirstAndThenWhatIsReadyLonger() {
    enqueue(
        waiting(1, ACME_PULL, 0, new Readiness.At(NOON.minusSeconds(1))),
        waiting(2, ACME_PULL, Priority.LOWEST, new Readiness.At(NOON.minusSeconds(9))),
        waiting(3, ACME_PULL, 0, new Readiness.At(NOON.minusSeconds(2))),
        waiting(4, ACME_PULL, Priority.HIGHEST, new Readiness.At(NOON)),
        waiting(5, ACME_PULL, 0, new Readiness.At(NOON.minusSeconds(2))));

    assertThat(first(ACME_PULL, 9)).extracting(Waiting::run).containsExactly(ids(4, 3, 5, 1, 2));
    assertThat(first(ACME_PULL, 2)).extracting(Waiting::run).containsExactly(ids(4, 3));
    assertThat(first(ACME_PULL, 1)).extracting(Waiting::run).containsExactly(ids(4));
  }

  @Test
  void takesOfEachLineAsManyAsAreWanted() {
    enqueue(
        ready(1, ACME_PULL),
        ready(2, ACME_PULL),
        ready(3, ACME_PULL),
        ready(4, ACME_SYNC),
        ready(5, ACME_CRAWL_PULL),
        ready(6, GLOBEX_PULL),
        ready(7, GLOBEX_PULL),
        ready(8, GLOBEX_SYNC));

    var taken =
        written(() ->
            store()
                .takeFirst(
                    List.of(
                        new Wanted(GLOBEX_PULL, 1),
                        new Wanted(ACME_PULL, 2),
                        new Wanted(ACME_CRAWL_PULL, 5))));

    assertThat(taken).extracting(Waiting::run).containsExactlyInAnyOrder(ids(1, 2, 5, 6));
    assertThat(written(() -> store().takeFirst(List.of()))).isEmpty();
  }

  @Test
  void takesAtMoreLinesThanAStatementIsLong() {
    var lines = new ArrayList<Line>();
    for (var i = 1; i <= 256; i++) {
      lines.add(line(ACME.id(), new Kind("kind-" + i)));
      enqueue(ready(i, lines.getLast()));
    }

    var taken =
        written(
            () -> store().takeFirst(lines.stream().map(line -> new Wanted(line, 100)).toList()));

    assertThat(taken).hasSize(256);
  }

  @Test
  void findsTheLinesAtWhichRunsAreReadyWhoeverAsks() {
    waitEverywhere();
    enqueue(waiting(99, line(ACME.id(), new Kind("later")), 0, MUCH_LATER));

    assertThat(lines(Reach.everywhere()))
        .containsExactlyInAnyOrder(ACME_PULL, ACME_SYNC, ACME_CRAWL_PULL, GLOBEX_PULL, GLOBEX_SYNC);
    assertThat(lines(Reach.within(ACME.id())))
        .containsExactlyInAnyOrder(ACME_PULL, ACME_SYNC, ACME_CRAWL_PULL);
    assertThat(lines(within(CRAWL))).containsExactly(ACME_CRAWL_PULL);
    assertThat(lines(within(Slug.DEFAULT, CRAWL, new Slug("none"))))
        .containsExactlyInAnyOrder(ACME_PULL, ACME_SYNC, ACME_CRAWL_PULL);
    assertThat(lines(within(new Slug("none")))).isEmpty();
  }

  @Test
  void findsTheLinesOfSomeKindsOnly() {
    waitEverywhere();

    assertThat(lines(Reach.everywhere(), PULL))
        .containsExactlyInAnyOrder(ACME_PULL, ACME_CRAWL_PULL, GLOBEX_PULL);
    assertThat(lines(Reach.everywhere(), SYNC, new Kind("none")))
        .containsExactlyInAnyOrder(ACME_SYNC, GLOBEX_SYNC);
    assertThat(lines(Reach.everywhere(), SYNC, PULL)).hasSize(5);
    assertThat(lines(Reach.within(GLOBEX.id()), SYNC)).containsExactly(GLOBEX_SYNC);
    assertThat(lines(within(CRAWL), PULL, SYNC)).containsExactly(ACME_CRAWL_PULL);
    assertThat(lines(within(CRAWL), SYNC)).isEmpty();
    assertThat(lines(Reach.everywhere(), new Kind("none"))).isEmpty();
  }

  @Test
  void findsALineOnceHoweverManyRunsStandInIt() {
    for (var i = 1; i <= 50; i++) {
      enqueue(ready(i, ACME_PULL));
    }

    assertThat(lines(Reach.everywhere())).containsExactly(ACME_PULL);
  }

  @Test
  void findsNoLinesWhereNothingIsReady() {
    assertThat(lines(Reach.everywhere())).isEmpty();
    assertThat(lines(Reach.everywhere(), PULL)).isEmpty();
  }

  @Test
  void findsAsManyLinesAsAreAskedForAndOthersTheNextTime() {
    var everywhere = new HashSet<Line>();
    for (var i = 1; i <= 20; i++) {
      var line = line(new OrganizationId(uuid(0x100 + i)), PULL);
      everywhere.add(line);
      enqueue(ready(i, line), ready(100 + i, new Line(line.organization(), CRAWL, PULL)));
      everywhere.add(new Line(line.organization(), CRAWL, PULL));
    }
    var store = store();

    for (Set<Kind> kinds : List.of(Set.<Kind>of(), Set.of(PULL))) {
      var seen = new HashSet<Line>();
      for (var turn = 0; turn < 6; turn++) {
        var found = store.linesWithReady(Reach.everywhere(), kinds, 7);
        assertThat(found).isNotEmpty().hasSizeLessThanOrEqualTo(7).doesNotHaveDuplicates();
        seen.addAll(found);
      }
      assertThat(seen).isEqualTo(everywhere);
      assertThat(store.linesWithReady(Reach.everywhere(), kinds, 40)).hasSize(40);
    }
  }

  @Test
  void findsALineOfARareKindBehindManyOthers() {
    for (var i = 1; i <= 30; i++) {
      enqueue(ready(i, line(new OrganizationId(uuid(0x100 + i)), PULL)));
    }
    var rare = line(new OrganizationId(uuid(0x200)), SYNC);
    enqueue(ready(99, rare));
    var store = store();

    for (var turn = 0; turn < 3; turn++) {
      assertThat(store.linesWithReady(Reach.everywhere(), Set.of(SYNC), 4)).containsExactly(rare);
      assertThat(store.linesWithReady(Reach.everywhere(), Set.of(SYNC), 1)).containsExactly(rare);
    }
  }

  @Test
  void showsEachOfManyKindsInTime() {
    var all = new HashSet<Line>();
    for (var i = 1; i <= 12; i++) {
      all.add(line(ACME.id(), new Kind("kind-" + i)));
      enqueue(ready(i, line(ACME.id(), new Kind("kind-" + i))));
    }
    var kinds = new HashSet<Kind>();
    all.forEach(line -> kinds.add(line.kind()));
    var store = store();

    for (Reach reach : List.of(Reach.everywhere(), Reach.within(ACME.id()), within(Slug.DEFAULT))) {
      assertThat(seen(store, reach, Set.of())).isEqualTo(all);
    }
    for (var turn = 0; turn < 5; turn++) {
      assertThat(store.linesWithReady(Reach.everywhere(), kinds, 5)).hasSize(5);
    }
  }

  private static Set<Line> seen(WaitingRuns store, Reach reach, Set<Kind> kinds) {
    var seen = new HashSet<Line>();
    for (var turn = 0; turn < 3; turn++) {
      seen.addAll(store.linesWithReady(reach, kinds, 5));
    }
    return seen;
  }

  @Test
  void isReadyAtOnceWhenItsTimeLiesInThePastOrIsNow() {
    enqueue(
        waiting(1, ACME_PULL, 0, NOW),
        waiting(2, ACME_PULL, 0, new Readiness.At(NOON.minus(Duration.ofDays(9_999)))),
        waiting(3, ACME_PULL, 0, new Readiness.After(Duration.ZERO)));

    assertThat(first(ACME_PULL, 9)).extracting(Waiting::run).contains(ids(1, 2, 3));
  }

  @Test
  void isNotReadyBeforeItsTime() {
    enqueue(
        waiting(1, ACME_PULL, 0, MUCH_LATER),
        waiting(2, ACME_PULL, 0, new Readiness.At(Instant.now().plus(Duration.ofDays(1)))));

    assertThat(first(ACME_PULL, 9)).isEmpty();
    assertThat(readyDue(9)).isEmpty();
    assertThat(lines(Reach.everywhere())).isEmpty();
  }

  @Test
  void becomesReadyWhenItsTimeHasComeSomeAtATime() {
    var soon = new Readiness.After(Duration.ofMillis(1));
    var lines = List.of(ACME_PULL, ACME_SYNC, ACME_CRAWL_PULL, GLOBEX_PULL, GLOBEX_SYNC);
    for (var i = 0; i < 5; i++) {
      enqueue(waiting(i + 1, lines.get(i), i, soon), waiting(i + 11, lines.get(i), i, MUCH_LATER));
    }

    var ready = new HashSet<Line>();
    while (ready.size() < 5) {
      var some = readyDue(2);
      assertThat(some).hasSizeLessThanOrEqualTo(2);
      ready.addAll(some);
    }

    assertThat(readyDue(9)).isEmpty();
    assertThat(lines(Reach.everywhere())).containsExactlyInAnyOrderElementsOf(lines);
    assertThat(first(GLOBEX_SYNC, 9)).extracting(Waiting::run).containsExactly(ids(5));
    assertThat(first(GLOBEX_SYNC, 9))
        .extracting(Waiting::priority)
        .containsExactly(new Priority(4));
    assertThat(remove(11)).containsExactly(runId(11));
  }

  @Test
  void endsTheWaitingOfThoseThatAreReadyAndOfThoseThatAreNot() {
    enqueue(
        ready(1, ACME_PULL),
        ready(2, ACME_PULL),
        waiting(3, ACME_PULL, 0, MUCH_LATER),
        ready(4, GLOBEX_PULL));

    assertThat(remove(1, 3, 9)).containsExactlyInAnyOrder(ids(1, 3));
    assertThat(remove(1, 3)).isEmpty();
    assertThat(remove()).isEmpty();
    assertThat(first(ACME_PULL, 9)).extracting(Waiting::run).containsExactly(ids(2));
    assertThat(lines(Reach.everywhere())).containsExactlyInAnyOrder(ACME_PULL, GLOBEX_PULL);
  }

  @Test
  void waitsAgainWhenItWaitsNoMore() {
    enqueue(ready(1, ACME_PULL));
    remove(1);

    enqueue(waiting(1, ACME_PULL, 0, MUCH_LATER));

    assertThat(remove(1)).containsExactly(runId(1));
  }

  @Test
  void addsNothingWhenItsTransactionFails() {
    try {
      stores()
          .write(() -> {
            store().addAll(List.of(ready(1, ACME_PULL)));
            throw new IllegalArgumentException("a failure after the run was added");
          });
    } catch (IllegalArgumentException e) {
      assertThat(first(ACME_PULL, 9)).isEmpty();
    }
    assertThat(lines(Reach.everywhere())).isEmpty();
  }

  @Test
  void givesEachRunToOneOfManyWhoTakeAtTheSameMoment() {
    var all = new ArrayList<NewWaiting>();
    for (var i = 1; i <= 200; i++) {
      all.add(ready(i, i % 2 == 0 ? ACME_PULL : GLOBEX_SYNC));
    }
    enqueue(all.toArray(NewWaiting[]::new));

    var taken =
        AtOnce.with(
            4,
            _ -> {
              var own = new ArrayList<RunId>();
              List<RunId> some;
              do {
                some = takeSome();
                own.addAll(some);
              } while (!some.isEmpty() || !lines(Reach.everywhere()).isEmpty());
              return own;
            });

    assertThat(taken.stream().flatMap(List::stream).toList()).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void goesWithItsRun() {
    var ready = queuedRun(1);
    var delayed = queuedRun(2);
    add(ready, delayed);
    stores().write(() -> stores().jobs().addAll(List.of(newJob(ready), newJob(delayed))));
    enqueue(ready(1, ACME_PULL), waiting(2, ACME_PULL, 0, MUCH_LATER), ready(3, ACME_SYNC));

    mark(ready);
    mark(delayed);
    sweep(ready, 5);
    sweep(delayed, 5);

    assertThat(remove(1, 2)).isEmpty();
    assertThat(lines(Reach.everywhere())).containsExactly(ACME_SYNC);
  }

  private List<RunId> takeSome() {
    return written(() -> {
      var taken = store().takeFirst(List.of(new Wanted(ACME_PULL, 7), new Wanted(GLOBEX_SYNC, 3)));
      var ids = taken.stream().map(Waiting::run).toList();
      assertThat(store().removeAll(ids)).hasSameSizeAs(ids);
      return ids;
    });
  }

  private void waitEverywhere() {
    enqueue(
        ready(1, ACME_PULL),
        ready(2, ACME_SYNC),
        ready(3, ACME_CRAWL_PULL),
        ready(4, GLOBEX_PULL),
        ready(5, GLOBEX_SYNC),
        ready(6, GLOBEX_SYNC));
  }

  private void enqueue(NewWaiting... waiting) {
    stores().write(() -> store().addAll(Arrays.asList(waiting)));
  }

  private List<Waiting> first(Line line, int most) {
    return written(() -> store().takeFirst(List.of(new Wanted(line, most))));
  }

  private List<Line> lines(Reach reach, Kind... kinds) {
    return store().linesWithReady(reach, Set.of(kinds), 100);
  }

  private Set<Line> readyDue(int most) {
    return written(() -> store().readyDue(most));
  }

  private Set<RunId> remove(long... runs) {
    Collection<RunId> ids = List.of(ids(runs));
    return written(() -> store().removeAll(ids));
  }

  protected final <T> T written(Supplier<T> work) {
    return stores().transactions().inTransaction(work);
  }

  protected final WaitingRuns store() {
    return stores().waitingRuns();
  }

  private static Reach within(Slug... projects) {
    return new Reach.Within(ACME.id(), Set.of(projects));
  }

  private static RunId[] ids(long... runs) {
    return Arrays.stream(runs).mapToObj(run -> runId(run)).toArray(RunId[]::new);
  }
}
