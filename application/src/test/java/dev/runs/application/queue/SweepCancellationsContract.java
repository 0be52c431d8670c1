package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.MINUTE;
import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.WORKER;
import static dev.runs.application.queue.QueueFixtures.newJob;
import static dev.runs.application.queue.QueueFixtures.queuedBelow;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.InMemoryWorld;
import dev.runs.application.SettableClock;
import dev.runs.application.Stores;
import dev.runs.application.StoresContract;
import dev.runs.application.queue.Cancellations.Cancellation;
import dev.runs.application.queue.WaitingRuns.NewWaiting;
import dev.runs.application.queue.WaitingRuns.Readiness;
import dev.runs.application.run.EndReasons.EndReason;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sweep of cancellations promises, whatever the stores. */
public abstract class SweepCancellationsContract extends StoresContract {

  private static final Reach.Within OF_ACME = Reach.within(ACME.id());
  private static final int TREES = 25;

  private static final Caller WORKER_OF_ACME =
      new Caller(
          new Access(
              new Principal("key:worker"), OF_ACME, Scopes.ofOrganization(), Optional.empty()),
          ACME.id(),
          Origin.LOCAL);

  private final CountingIds ids = new CountingIds(1_000_000);
  private final SettableClock clock = new SettableClock(NOON);

  /** A run as it is after the sweep. */
  private record Fate(
      StateName state, boolean isAskedToStop, boolean isMarked, Optional<EndReason> reason) {}

  /** A forest, and marks in it in the order in which they are set. */
  private record Wood(List<Run> queued, List<Run> tracked, List<Cancellation> marks) {

    /** Trees of one or more runs, with marks at roots, below them, and one within another. */
    static Wood grown(long seed) {
      var random = new SplittableRandom(seed);
      var queued = new ArrayList<Run>();
      var tracked = new ArrayList<Run>();
      for (var tree = 1; tree <= TREES; tree++) {
        var number = 100L * tree;
        if (tree % 4 == 0) {
          var top = root(number);
          tracked.add(top);
          tracked.add(child(top, number + 1));
        } else {
          var grown = new ArrayList<>(List.of(queuedRun(number)));
          var size = random.nextInt(2) * random.nextInt(8);
          for (var i = 1; i <= size; i++) {
            grown.add(queuedBelow(grown.get(random.nextInt(grown.size())), number + i));
          }
          queued.addAll(grown);
        }
      }
      var all = new ArrayList<>(queued);
      all.addAll(tracked);
      var marks = new ArrayList<Cancellation>();
      var marked = new HashSet<Run>();
      for (var i = 0; i < all.size(); i++) {
        var run = all.get(random.nextInt(all.size()));
        if (marked.add(run)) {
          marks.add(
              mark(run, i, random.nextBoolean() ? Optional.of("why " + i) : Optional.empty()));
        }
      }
      return new Wood(queued, tracked, marks);
    }

    List<Run> all() {
      var all = new ArrayList<>(queued);
      all.addAll(tracked);
      return all;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void endsLikeOneCancellationAfterTheOther(long seed) {
    var wood = Wood.grown(seed);
    var world = new InMemoryWorld();
    plant(world, wood);
    plant(stores(), wood);

    for (var mark : wood.marks()) {
      world.write(() -> world.cancellations().mark(mark));
      sweepAll(world);
    }
    stores().write(() -> wood.marks().forEach(stores().cancellations()::mark));
    sweepAll(stores());

    for (var run : wood.all()) {
      assertThat(fate(stores(), run)).as("run %s", run.id()).isEqualTo(fate(world, run));
    }
  }

  @Test
  void needsFewSweepsForManyRunsThatWait() {
    var runs = new ArrayList<Run>();
    for (var number = 1; number <= 3 * CancelRuns.MARKS_AT_ONCE; number++) {
      runs.add(queuedRun(number));
    }
    addAll(runs);
    enqueue(stores(), runs);
    stores()
        .write(() -> {
          for (var i = 0; i < runs.size(); i++) {
            stores().cancellations().mark(mark(runs.get(i), i, Optional.empty()));
          }
        });

    assertThat(sweepAll(stores())).isEqualTo(3);

    assertThat(stores().runs().findAll(OF_ACME, runs.stream().map(Run::id).toList()).values())
        .hasSize(runs.size())
        .allMatch(run -> run.stateName() == StateName.CANCELED);
    assertThat(marks(stores())).isEmpty();
    assertThat(useCases(stores()).claimRuns().claim(WORKER_OF_ACME, request(9), Duration.ZERO))
        .isEmpty();
  }

  @Test
  void doesNotLetARunThatIsExecutedHoldUpThoseBehindIt() {
    var executed = queuedRun(1);
    var waiting = queuedRun(2);
    add(executed, waiting);
    claimAll(stores(), List.of(executed));
    enqueue(stores(), List.of(waiting));
    stores()
        .write(() -> {
          stores().cancellations().mark(mark(executed, 0, Optional.empty()));
          stores().cancellations().mark(mark(waiting, 1, Optional.empty()));
        });

    sweepAll(stores());
    assertThat(found(executed.id()).stateName()).isEqualTo(StateName.RUNNING);
    assertThat(found(waiting.id()).stateName()).isEqualTo(StateName.CANCELED);
    assertThat(marks(stores())).containsExactly(executed.path());
  }

  /** Every third of those that wait is claimed. */
  private void plant(Stores stores, Wood wood) {
    stores.write(() -> {
      stores.organizations().addUnlessThere(ACME);
      stores.runs().addAll(wood.all());
    });
    claimAll(stores, queued(wood, place -> place % 3 == 0));
    enqueue(stores, queued(wood, place -> place % 3 != 0));
  }

  private static List<Run> queued(Wood wood, IntPredicate places) {
    return IntStream.range(0, wood.queued().size())
        .filter(places)
        .mapToObj(wood.queued()::get)
        .toList();
  }

  /** They wait and are claimed. */
  private void claimAll(Stores stores, List<Run> runs) {
    enqueue(stores, runs);
    var claimed =
        useCases(stores).claimRuns().claim(WORKER_OF_ACME, request(runs.size()), Duration.ZERO);
    assertThat(claimed).hasSameSizeAs(runs);
  }

  private static ClaimRuns.Request request(int limit) {
    return new ClaimRuns.Request(WORKER, Set.of(), limit, MINUTE);
  }

  /** They wait. */
  private static void enqueue(Stores stores, List<Run> runs) {
    stores.write(() -> {
      stores.jobs().addAll(runs.stream().map(run -> newJob(run)).toList());
      stores
          .waitingRuns()
          .addAll(
              runs.stream().map(run -> new NewWaiting(waiting(run), new Readiness.Now())).toList());
    });
  }

  private static Waiting waiting(Run run) {
    return new Waiting(
        run.id(), run.organization(), run.space().project(), PULL, Priority.USUAL, NOON);
  }

  private int sweepAll(Stores stores) {
    var cancelRuns = useCases(stores).cancelRuns();
    var sweeps = 0;
    while (cancelRuns.sweep()) {
      sweeps++;
    }
    return sweeps;
  }

  private QueueUseCases useCases(Stores stores) {
    return QueueUseCases.over(stores, ids, clock, new SplittableRandom(1), new SplittableRandom(1));
  }

  private static Fate fate(Stores stores, Run run) {
    var now = stores.runs().get(Reach.everywhere(), run.id());
    return new Fate(
        now.stateName(),
        stores.jobs().find(run.id()).flatMap(Job::cancelRequestedAt).isPresent(),
        now.stateName().isLive()
            && !stores.cancellations().markedAmong(List.of(run.path())).isEmpty(),
        Optional.ofNullable(stores.endReasons().findAll(List.of(run.id())).get(run.id())));
  }

  private static List<RunPath> marks(Stores stores) {
    return stores.cancellations().next(Optional.empty(), 1_000).stream()
        .map(Cancellation::path)
        .toList();
  }

  private static Cancellation mark(Run run, int place, Optional<String> reason) {
    return new Cancellation(
        run.path(),
        run.organization(),
        new Principal("key:" + place),
        NOON.plusSeconds(place),
        reason);
  }
}
