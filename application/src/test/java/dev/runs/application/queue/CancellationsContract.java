package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.newJob;
import static dev.runs.application.queue.QueueFixtures.queuedBelow;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.queue.Cancellations.Cancellation;
import dev.runs.domain.access.Principal;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store of cancellations promises. */
public abstract class CancellationsContract extends StoresContract {

  private static final Principal ACTOR = new Principal("key:test");

  /**
   * <pre>
   * root ─┬─ left ─── deep
   *       └─ right
   * </pre>
   */
  private final Run root = queuedRun(1);

  private final Run left = queuedBelow(root, 5);
  private final Run right = queuedBelow(root, 3);
  private final Run deep = queuedBelow(left, 4);
  private final Run other = queuedRun(2);

  @Test
  void remembersWhatIsBeingCanceledTheOldestFirst() {
    plant();
    assertThat(cancellations().next()).isEmpty();

    cancel(right, NOON.plusSeconds(1));
    cancel(left, NOON);

    var first = new Cancellation(left.path(), ACME.id(), ACTOR, NOON);
    var second = new Cancellation(right.path(), ACME.id(), ACTOR, NOON.plusSeconds(1));
    assertThat(cancellations().next()).contains(first);
    assertThat(cancellations().next(Optional.empty(), 9)).containsExactly(first, second);
    assertThat(cancellations().next(Optional.empty(), 1)).containsExactly(first);
    assertThat(cancellations().next(Optional.of(first), 9)).containsExactly(second);
    assertThat(cancellations().next(Optional.of(second), 9)).isEmpty();
  }

  @Test
  void marksNoRunThatHasEndedOrIsGone() {
    plant();
    save(left, left.ended(new RunState.Succeeded(NOON)));
    mark(right);
    sweep(right, 9);

    assertThat(cancel(left, NOON)).isFalse();
    assertThat(cancel(right, NOON)).isFalse();
    assertThat(cancel(deep, NOON)).isTrue();
    assertThat(cancel(deep, NOON)).isTrue();

    assertThat(marked(root, left, right, deep)).containsExactly(deep.path());
  }

  @Test
  void goesOnWithManySubtreesTogether() {
    plant();
    for (var run : List.of(left, deep, other)) {
      cancel(run, NOON);
    }
    var all = List.of(other.path(), left.path(), deep.path());

    assertThat(cancellations().untouched(all, 9)).containsExactly(other, deep, left);
    assertThat(cancellations().untouched(all, 2)).hasSize(2);
    assertThat(written(() -> cancellations().finish(all))).isEmpty();

    save(other, other.ended(new RunState.Canceled(NOON)));
    save(left, left.ended(new RunState.Canceled(NOON)));
    assertThat(cancellations().untouched(all, 9)).containsExactly(deep);
    assertThat(written(() -> cancellations().finish(all))).containsExactly(other.path());
    assertThat(marked(left, deep, other)).containsExactlyInAnyOrder(left.path(), deep.path());

    save(deep, deep.ended(new RunState.Canceled(NOON)));
    assertThat(written(() -> cancellations().finish(all))).containsExactlyInAnyOrderElementsOf(all);
    assertThat(cancellations().next()).isEmpty();
  }

  @Test
  void changesNothingWhenMarkedAgain() {
    plant();
    cancel(left, NOON);

    stores()
        .write(() ->
            cancellations()
                .mark(
                    new Cancellation(
                        left.path(), ACME.id(), new Principal("other"), NOON.minusSeconds(1))));

    assertThat(cancellations().next())
        .contains(new Cancellation(left.path(), ACME.id(), ACTOR, NOON));
  }

  @Test
  void takesTheMarkAwayWithItsTransaction() {
    plant();

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            stores()
                .write(() -> {
                  cancel(left, NOON);
                  throw new IllegalArgumentException();
                }));

    assertThat(cancellations().next()).isEmpty();
    assertThat(marked(left)).isEmpty();
  }

  @Test
  void coversTheSubtreeAndNothingElse() {
    plant();

    cancel(left, NOON);

    assertThat(marked(root, left, right, deep, other))
        .containsExactlyInAnyOrder(left.path(), deep.path());
    assertThat(held(root, left, right, deep, other))
        .containsExactlyInAnyOrder(left.path(), deep.path());
    assertThat(marked()).isEmpty();
    assertThat(held()).isEmpty();
  }

  @Test
  void holdsFromWhatIsCanceledAlreadyToo() {
    plant();
    var canceled = save(left, left.ended(new RunState.Canceled(NOON)));
    save(right, right.ended(new RunState.TimedOut(NOON)));

    assertThat(held(root, canceled, right, deep))
        .containsExactlyInAnyOrder(left.path(), deep.path());
    assertThat(marked(root, left, right, deep)).isEmpty();
  }

  @Test
  void findsWhatHasNotEndedInTheOrderOfTheIds() {
    plant();

    assertThat(untouched(root, 9)).containsExactly(root, right, deep, left);
    assertThat(untouched(left, 9)).containsExactly(deep, left);
    assertThat(untouched(deep, 9)).containsExactly(deep);
  }

  @Test
  void findsAsManyAsAreAskedForUntilAllAreTouched() {
    plant();

    var touched = new ArrayList<Run>();
    List<Run> some;
    do {
      some = untouched(root, 3);
      assertThat(some).hasSizeLessThanOrEqualTo(3);
      some.forEach(run -> save(run, run.ended(new RunState.Canceled(NOON))));
      touched.addAll(some);
    } while (!some.isEmpty());

    assertThat(touched).containsExactlyInAnyOrder(root, left, right, deep);
    assertThat(untouched(other, 3)).containsExactly(other);
  }

  @ParameterizedTest
  @EnumSource
  void findsRunsInEveryStateThatIsLive(StateName name) {
    var below = child(root(1), 7);
    var inState =
        new Run(
            below.path(),
            below.organization(),
            below.space(),
            below.name(),
            below.origin(),
            below.labels(),
            below.user(),
            below.dispatch(),
            state(name, NOON),
            1,
            NOON,
            NOON,
            NOON,
            1);
    add(root(1), inState);

    assertThat(untouched(root(1), 9).contains(inState)).isEqualTo(name.isLive());
    assertThat(untouched(inState, 9).contains(inState)).isEqualTo(name.isLive());
  }

  @Test
  void passesOverThoseWhoseWorkersWereAskedToStop() {
    plant();
    stores()
        .write(() ->
            stores()
                .jobs()
                .addAll(List.of(newJob(root), newJob(left), newJob(right), newJob(deep))));

    stores().write(() -> stores().jobs().saveAll(List.of(requested(root), requested(deep))));

    assertThat(untouched(root, 9)).containsExactly(right, left);
    assertThat(untouched(root, 1)).hasSize(1);
  }

  @Test
  void staysMarkedWhileSomeRunOfItIsLive() {
    plant();
    cancel(root, NOON);

    assertThat(finish(root)).isFalse();
    for (var run : List.of(root, left, right)) {
      save(run, run.ended(new RunState.Canceled(NOON)));
      assertThat(finish(root)).isFalse();
      assertThat(marked(deep)).hasSize(1);
    }
    save(deep, deep.ended(new RunState.Canceled(NOON)));

    assertThat(finish(root)).isTrue();
    assertThat(marked(root, left, right, deep)).isEmpty();
    assertThat(cancellations().next()).isEmpty();
    assertThat(finish(root)).isTrue();
  }

  @Test
  void staysMarkedWhileOnlyTheRunItselfIsLive() {
    add(root, right);
    save(right, right.ended(new RunState.Canceled(NOON)));
    cancel(root, NOON);
    cancel(right, NOON);

    assertThat(finish(root)).isFalse();
    assertThat(finish(right)).isTrue();
    assertThat(marked(root)).hasSize(1);
  }

  @Test
  void isFinishedWhenTheRunIsDeleted() {
    plant();
    cancel(left, NOON);
    mark(left);
    sweep(left, 9);

    assertThat(untouched(left, 9)).isEmpty();
    assertThat(finish(left)).isTrue();
  }

  /**
   * Whoever makes a run looks before it writes, and whoever marks sees everything that was written
   * by those who looked before: so no run is left out by the sweep.
   */
  @Test
  void leavesNoRunOutThatIsMadeAtTheMomentOfTheMark() {
    for (var round = 0; round < 10; round++) {
      var first = 1_000L * (round + 1);
      var tree = queuedRun(first);
      add(tree);
      var works = new ArrayList<Callable<Boolean>>();
      for (var i = 1; i <= 4; i++) {
        var made = queuedBelow(tree, first + i);
        works.add(() -> isMade(tree, made));
      }
      works.add(() -> {
        cancel(tree, NOON);
        return written(() -> sweepAll(tree));
      });

      AtOnce.all(works);

      assertThat(untouched(tree, 9)).isEmpty();
    }
  }

  private boolean isMade(Run parent, Run made) {
    return written(() -> {
      if (!cancellations().holdFrom(List.of(parent.path())).isEmpty()) {
        return false;
      }
      stores().runs().addAll(List.of(made));
      return true;
    });
  }

  private boolean sweepAll(Run tree) {
    for (var run : cancellations().untouched(List.of(tree.path()), 9)) {
      stores().runs().save(run.ended(new RunState.Canceled(NOON)));
    }
    return !cancellations().finish(List.of(tree.path())).isEmpty();
  }

  private static Job requested(Run run) {
    return new QueuedRun(run, newJob(run).job()).requestCancel(NOON).job();
  }

  private void plant() {
    add(root, left, right, deep, other);
  }

  private boolean cancel(Run run, Instant at) {
    return written(() -> cancellations().mark(new Cancellation(run.path(), ACME.id(), ACTOR, at)));
  }

  private Set<RunPath> marked(Run... runs) {
    return cancellations().markedAmong(Arrays.stream(runs).map(Run::path).toList());
  }

  private Set<RunPath> held(Run... runs) {
    return written(() -> cancellations().holdFrom(Arrays.stream(runs).map(Run::path).toList()));
  }

  private List<Run> untouched(Run run, int most) {
    return cancellations().untouched(List.of(run.path()), most);
  }

  private boolean finish(Run run) {
    return written(() -> !cancellations().finish(List.of(run.path())).isEmpty());
  }

  protected final <T> T written(Supplier<T> work) {
    return stores().transactions().inTransaction(work);
  }

  protected final Cancellations cancellations() {
    return stores().cancellations();
  }
}
