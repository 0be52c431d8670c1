package dev.runs.application.retention;

import static dev.runs.application.queue.QueueFixtures.newJob;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.report;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.StoresContract;
import dev.runs.application.cost.CostSummaries.Grouping;
import dev.runs.application.retention.ExpiredTrees.Due;
import dev.runs.application.retention.ExpiredTrees.Marked;
import dev.runs.application.retention.ExpiredTrees.Root;
import dev.runs.application.retention.ExpiredTrees.Step;
import dev.runs.application.retention.ExpiredTrees.Untold;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of expired trees promises. */
public abstract class ExpiredTreesContract extends StoresContract {

  private static final Instant ONE_O_CLOCK = NOON.plusSeconds(3_600);
  private static final Due DUE = new Due(ACME.id(), StateName.SUCCEEDED, ONE_O_CLOCK);

  private final Run root = ended(root(1), 60);
  private final Run child = ended(child(root, 2), 60);
  private final Run leaf = ended(child(child, 3), 60);
  private final Run beside = ended(child(root, 4), 60);

  @Test
  void findsTheRootsThatEndedBeforeTheFirstToEndFirst() {
    var late = ended(root(10), 3_599);
    var early = ended(root(11), 1);
    add(
        late,
        early,
        ended(root(12), 3_600),
        root(13),
        failed(root(14)),
        ended(rootOf(GLOBEX.id(), 15), 1),
        root,
        child);

    assertThat(roots(DUE, Optional.empty(), 10))
        .containsExactly(foundAs(early), foundAs(root), foundAs(late));
    assertThat(roots(new Due(GLOBEX.id(), StateName.SUCCEEDED, ONE_O_CLOCK), Optional.empty(), 10))
        .hasSize(1);
    assertThat(roots(new Due(ACME.id(), StateName.FAILED, ONE_O_CLOCK), Optional.empty(), 10))
        .hasSize(1);
  }

  @Test
  void goesOnBehindARoot() {
    var all = new ArrayList<Run>();
    for (var number = 10; number < 15; number++) {
      all.add(ended(root(number), 60));
    }
    addAll(all);

    var first = roots(DUE, Optional.empty(), 2);
    var second = roots(DUE, Optional.of(first.getLast()), 2);
    var third = roots(DUE, Optional.of(second.getLast()), 2);

    assertThat(first).containsExactly(foundAs(all.get(0)), foundAs(all.get(1)));
    assertThat(second).containsExactly(foundAs(all.get(2)), foundAs(all.get(3)));
    assertThat(third).containsExactly(foundAs(all.get(4)));
    assertThat(roots(DUE, Optional.of(third.getLast()), 2)).isEmpty();
  }

  @Test
  void findsNoRootThatIsGoingAlready() {
    var expired = ended(root(10), 60);
    add(expired, root);
    mark(root);

    assertThat(markExpired(expired)).isTrue();

    assertThat(roots(DUE, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void removesTreesOfOneRunAtOnce() {
    var queued = ended(root(10), 60);
    add(queued, root, ended(root(11), 3_600));
    stores().write(() -> stores().jobs().addAll(List.of(newJob(queued))));
    book(root, line(1, root, TOKENS, "3", "1"), line(2, root, TOKENS, "4", "1"));
    var before = summaries();

    var step = removeSmall(List.of(queued.path(), root.path()), 10);

    var gone = List.of(queued.path(), root.path());
    assertThat(step).isEqualTo(new Step(new Removed(2, 2, 2), gone, List.of(), List.of()));
    assertThat(List.of(queued, root)).noneMatch(this::isThere);
    assertThat(stores().jobs().findAll(List.of(queued.id()))).isEmpty();
    assertThat(stores().costLines().of(root.id(), Optional.empty(), 10)).isEmpty();
    assertThat(summaries()).isEqualTo(before);
    assertNothingIsLeftOf(root);
  }

  @Test
  void removesNoRootThatIsNotDueAnyMore() {
    var running = root(10);
    var late = ended(root(11), 3_600);
    var failed = failed(root(12));
    var marked = ended(root(13), 60);
    add(running, late, failed, marked);
    mark(marked);
    var found = List.of(running.path(), late.path(), failed.path(), marked.path(), root.path());

    assertThat(removeSmall(found, 10))
        .isEqualTo(new Step(Removed.NOTHING, List.of(), List.of(), List.of()));
    assertThat(List.of(running, late, failed)).allMatch(this::isThere);
  }

  @Test
  void saysWhichTreesAreLarger() {
    add(root, child);

    assertThat(removeSmall(List.of(root.path()), 10))
        .isEqualTo(new Step(Removed.NOTHING, List.of(), List.of(root.path()), List.of()));
    assertThat(isThere(root)).isTrue();
  }

  @Test
  void removesNoMoreRunsAtOnceThanItMay() {
    var paths = new ArrayList<RunPath>();
    for (var number = 10; number < 15; number++) {
      var run = ended(root(number), 60);
      add(run);
      paths.add(run.path());
    }

    var step = removeSmall(paths, 2);

    assertThat(step.removed()).isEqualTo(new Removed(2, 2, 0));
    assertThat(step.left()).containsExactlyElementsOf(paths.subList(2, 5));
  }

  /** Of ten times as many lines as runs. */
  @Test
  void removesNoMoreLinesAtOnceThanItMay() {
    var paths = new ArrayList<RunPath>();
    for (var number = 10; number < 14; number++) {
      var run = ended(root(number), 60);
      add(run);
      paths.add(run.path());
      for (var i = 0; i < 9; i++) {
        book(run, line(number * 100L + i, run, TOKENS, "1", "1"));
      }
    }
    var before = summaries();
    var gone = Removed.NOTHING;
    var steps = 0;
    for (var left = List.copyOf(paths); !left.isEmpty(); steps++) {
      var step = removeSmall(left, 3);
      assertThat(step.larger()).isEmpty();
      assertThat(step.removed().lines()).isLessThanOrEqualTo(30);
      gone = gone.plus(step.removed());
      left = List.copyOf(step.left());
    }

    assertThat(gone).isEqualTo(new Removed(4, 4, 36));
    assertThat(steps).isGreaterThan(1);
    assertThat(summaries()).isEqualTo(before);
  }

  @Test
  void takesARunWithTooManyLinesForALargerTree() {
    add(root);
    for (var i = 1; i <= 11; i++) {
      book(root, line(i, root, TOKENS, "1", "1"));
    }

    assertThat(removeSmall(List.of(root.path()), 1))
        .isEqualTo(new Step(Removed.NOTHING, List.of(), List.of(root.path()), List.of()));
  }

  @Test
  void hidesATreeFromTheMarkOnButNotWhatItCost() {
    plant();
    var before = summaries();

    assertThat(markExpired(root)).isTrue();

    assertThat(List.of(root, child, leaf, beside)).noneMatch(this::isThere);
    assertThat(summaries()).isEqualTo(before);
    assertThat(stores().expiredTrees().marked(Optional.empty()))
        .contains(new Marked(ACME.id(), root.path()));
    assertThat(stores().expiredTrees().marked(Optional.of(ACME.id()))).isPresent();
    assertThat(stores().expiredTrees().marked(Optional.of(GLOBEX.id()))).isEmpty();
    assertThat(markExpired(root)).isFalse();
  }

  @Test
  void marksNoTreeInWhichARunIsLive() {
    add(root, child, child(child, 3));

    assertThat(markExpired(root)).isFalse();
    assertThat(isThere(root)).isTrue();
  }

  @Test
  void marksNoTreeInWhichSomebodyIsDeleting() {
    plant();
    mark(leaf);

    assertThat(markExpired(root)).isFalse();

    sweep(leaf, 10);
    assertThat(markExpired(root)).isTrue();
  }

  @Test
  void marksNoTreeThatIsNotDueAnyMore() {
    var late = ended(root(10), 3_600);
    var failed = failed(root(11));
    add(late, failed, root(12));

    assertThat(List.of(late, failed, root(12), root)).noneMatch(this::markExpired);
  }

  @Test
  void letsNobodyDeleteWhatGoesForItsAge() {
    plant();
    markExpired(root);

    assertThatExceptionOfType(RunRejected.NotFound.class).isThrownBy(() -> mark(leaf));
    assertThatExceptionOfType(RunRejected.NotFound.class).isThrownBy(() -> mark(root));
    assertThat(stores().deletions().next()).isEmpty();
  }

  @Test
  void countsWhatATreeCostAtEveryMomentOfItsRemoval() {
    for (var most : List.of(1, 2, 3, 100)) {
      plant();
      for (var i = 0; i < 25; i++) {
        book(leaf, line(1_000 + i, leaf, SEARCHES, "-1.000001", "0.0000000001"));
      }
      if (most == 3) {
        foldAll(1);
      }
      var before = summaries();
      markExpired(root);

      var gone = Removed.NOTHING;
      while (stores().expiredTrees().marked(Optional.empty()).isPresent()) {
        gone = gone.plus(removeSome(most));
        assertThat(summaries()).isEqualTo(before);
        if (most == 2) {
          stores().write(() -> stores().ledger().fold(1));
          assertThat(summaries()).isEqualTo(before);
        }
      }

      assertThat(gone).isEqualTo(new Removed(1, 4, 31));
      foldAll(100);
      assertThat(summaries()).isEqualTo(before);
      assertNothingIsLeftOf(root);
    }
  }

  @Test
  void removesWhatIsQueuedInATree() {
    var queued = ended(child(root, 10), 60);
    add(root, queued);
    stores().write(() -> stores().jobs().addAll(List.of(newJob(queued))));
    markExpired(root);

    assertThat(removeMarked()).isEqualTo(new Removed(1, 2, 0));

    assertThat(stores().jobs().findAll(List.of(queued.id()))).isEmpty();
  }

  @Test
  void weighsWhatWouldGo() {
    plant();
    var single = ended(root(10), 60);
    var busy = ended(root(11), 60);
    var deleted = ended(root(12), 60);
    add(single, busy, child(busy, 13), deleted);
    book(single, line(100, single, TOKENS, "1", "1"));
    mark(deleted);
    var found = List.of(root.path(), single.path(), busy.path());

    assertThat(stores().expiredTrees().weigh(DUE, found)).isEqualTo(new Removed(2, 5, 7));
    assertThat(stores().expiredTrees().weigh(DUE, List.of(deleted.path())))
        .isEqualTo(Removed.NOTHING);
    assertThat(isThere(root)).isTrue();
  }

  @Test
  void tellsOfEachOrganizationOnceWhatItLost() {
    plant();
    var globex = ended(rootOf(GLOBEX.id(), 10), 60);
    var single = ended(root(11), 60);
    add(globex, single);
    markExpired(root);
    removeSome(2);
    removeSome(2);
    removeSmall(List.of(single.path()), 10);
    var dueOfGlobex = new Due(GLOBEX.id(), StateName.SUCCEEDED, ONE_O_CLOCK);
    stores()
        .write(() -> stores().expiredTrees().removeSmall(dueOfGlobex, List.of(globex.path()), 10));

    var told = new HashMap<OrganizationId, Removed>();
    tellAll(told);
    assertThat(told).hasSize(2);
    assertThat(tell()).isEmpty();

    removeMarked();
    tellAll(told);

    assertThat(told.get(ACME.id())).isEqualTo(new Removed(2, 5, 6));
    assertThat(told.get(GLOBEX.id())).isEqualTo(new Removed(1, 1, 0));
  }

  @Test
  void tellsNothingWhenItsTransactionFails() {
    add(root);
    removeSmall(List.of(root.path()), 10);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            stores()
                .write(() -> {
                  stores().expiredTrees().tell();
                  throw new IllegalArgumentException();
                }));

    assertThat(tell()).contains(new Untold(ACME.id(), new Removed(1, 1, 0)));
  }

  /** Four runs that cost something, and six lines. */
  private void plant() {
    add(root, child, leaf, beside);
    book(root, line(1, root, TOKENS, "3", "1"));
    book(child, line(2, child, TOKENS, "5", "999999.9999999999"));
    book(leaf, line(3, leaf, SEARCHES, "8", "1"), line(4, leaf, SEARCHES, "-2", "1"));
    book(beside, line(5, beside, TOKENS, "4.5", "0.3"), line(6, beside, TOKENS, "4.5", "0.3"));
  }

  private List<Root> roots(Due due, Optional<Root> after, int limit) {
    return stores().expiredTrees().roots(due, after, limit);
  }

  private Step removeSmall(List<RunPath> roots, int most) {
    return stores()
        .transactions()
        .inTransaction(() -> stores().expiredTrees().removeSmall(DUE, roots, most));
  }

  private boolean markExpired(Run run) {
    return stores()
        .transactions()
        .inTransaction(() -> stores().expiredTrees().mark(DUE, run.path(), ONE_O_CLOCK));
  }

  private Removed removeSome(int most) {
    var marked = stores().expiredTrees().marked(Optional.empty()).orElseThrow();
    return stores()
        .transactions()
        .inTransaction(() -> stores().expiredTrees().removeSome(marked, most));
  }

  private Removed removeMarked() {
    var gone = Removed.NOTHING;
    while (stores().expiredTrees().marked(Optional.empty()).isPresent()) {
      gone = gone.plus(removeSome(10));
    }
    return gone;
  }

  private void tellAll(Map<OrganizationId, Removed> told) {
    for (var untold = tell(); untold.isPresent(); untold = tell()) {
      told.merge(untold.get().organization(), untold.get().removed(), Removed::plus);
    }
  }

  private Optional<Untold> tell() {
    return stores().transactions().inTransaction(() -> stores().expiredTrees().tell());
  }

  private void assertNothingIsLeftOf(Run tree) {
    foldAll(100);
    assertThat(stores().ledger().of(tree.path())).isEqualTo(Rollup.EMPTY);
    add(tree);
    assertThat(stores().ledger().of(tree.path())).isEqualTo(Rollup.EMPTY);
    stores().write(() -> stores().expiredTrees().removeSmall(DUE, List.of(tree.path()), 1));
  }

  private List<Object> summaries() {
    return List.of(summaries(ACME.id()), summaries(GLOBEX.id()));
  }

  private List<Object> summaries(OrganizationId organization) {
    var within = Reach.within(organization);
    var summaries = stores().costSummaries();
    return stores()
        .transactions()
        .inSnapshot(() ->
            List.of(
                summaries.byRun(within, RunFilter.ALL, Grouping.SERVICE, 100),
                summaries.byRun(within, RunFilter.ALL, Grouping.USER, 100),
                summaries.byName(within, RunFilter.ALL, 100)));
  }

  private static Root foundAs(Run run) {
    return new Root(run.path(), Objects.requireNonNull(run.endedAt()));
  }

  private static Run ended(Run run, int secondsAfterNoon) {
    return run.report(report(StateName.SUCCEEDED, NOON.plusSeconds(secondsAfterNoon)));
  }

  private static Run failed(Run run) {
    return run.report(report(StateName.FAILED, NOON.plusSeconds(60)));
  }
}
