package dev.runs.application.overview;

import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.access.Reach.within;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.report;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What everybody who looks at the present runs promises. */
public abstract class PresentRunsContract extends StoresContract {

  private static final Reach.Within ELSEWHERE =
      new Reach.Within(ACME.id(), Set.of(new Slug("elsewhere")));

  @Test
  void countsTheRunsOfEachState() {
    var top = root(1);
    add(
        top,
        child(top, 2),
        queuedRun(3),
        ended(4, StateName.SUCCEEDED, 1),
        ended(5, StateName.FAILED, 1),
        rootOf(GLOBEX.id(), 6));

    var counts = stores().presentRuns().count(within(ACME.id()), 10);

    assertThat(counts)
        .containsOnlyKeys(StateName.values())
        .containsEntry(StateName.RUNNING, 2)
        .containsEntry(StateName.QUEUED, 1)
        .containsEntry(StateName.SUCCEEDED, 1)
        .containsEntry(StateName.FAILED, 1)
        .containsEntry(StateName.CANCELED, 0);
    assertThat(stores().presentRuns().count(ELSEWHERE, 10).values()).containsOnly(0);
  }

  @Test
  void countsNoFurtherThanItIsTold() {
    for (var number = 1; number <= 4; number++) {
      add(root(number));
    }

    assertThat(stores().presentRuns().count(within(ACME.id()), 3))
        .containsEntry(StateName.RUNNING, 3);
  }

  @Test
  void findsTheQueuedRunThatWasMadeFirst() {
    assertThat(stores().presentRuns().oldestQueued(within(ACME.id()))).isEmpty();
    var first = queuedRun(2);
    add(root(1), first, queuedRun(3));

    assertThat(stores().presentRuns().oldestQueued(within(ACME.id()))).contains(first);
    assertThat(stores().presentRuns().oldestQueued(within(GLOBEX.id()))).isEmpty();
    assertThat(stores().presentRuns().oldestQueued(ELSEWHERE)).isEmpty();
  }

  @Test
  void findsTheRunningRunThatStartedFirst() {
    var late = queuedRun(1).claimed(NOON.plusSeconds(60));
    var early = root(2);
    add(late, early, ended(3, StateName.SUCCEEDED, 1));

    assertThat(stores().presentRuns().longestRunning(within(ACME.id()))).contains(early);
    assertThat(stores().presentRuns().longestRunning(within(GLOBEX.id()))).isEmpty();
    assertThat(stores().presentRuns().longestRunning(ELSEWHERE)).isEmpty();
  }

  @Test
  void findsTheRootsThatFailedLast() {
    var top = root(1);
    var below = child(top, 2).report(report(StateName.FAILED, NOON.plusSeconds(100)));
    var first = ended(3, StateName.FAILED, 1);
    var last = ended(4, StateName.TIMED_OUT, 3);
    var between = ended(5, StateName.FAILED, 2);
    add(top, below, first, last, between, ended(6, StateName.CANCELED, 9));

    assertThat(stores().presentRuns().lastFailures(within(ACME.id()), 10))
        .containsExactly(last, between, first);
    assertThat(stores().presentRuns().lastFailures(within(ACME.id()), 2))
        .containsExactly(last, between);
    assertThat(stores().presentRuns().lastFailures(ELSEWHERE, 2)).isEmpty();
  }

  @Test
  void showsNoRunThatIsBeingDeleted() {
    var queued = queuedRun(1);
    var running = root(2);
    var failed = ended(3, StateName.FAILED, 1);
    add(queued, running, failed);
    mark(queued);
    mark(running);
    mark(failed);

    assertThat(stores().presentRuns().oldestQueued(within(ACME.id()))).isEmpty();
    assertThat(stores().presentRuns().longestRunning(within(ACME.id()))).isEmpty();
    assertThat(stores().presentRuns().lastFailures(within(ACME.id()), 2)).isEmpty();
  }

  /** A root that ended so many seconds after noon. */
  private static Run ended(long number, StateName state, long seconds) {
    return root(number).report(report(state, NOON.plusSeconds(seconds)));
  }
}
