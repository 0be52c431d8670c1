package dev.runs.application.event;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.InMemoryWorld;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many who write and many who follow, at different paces, and go away and come back. */
final class FollowersAtOnceTest {

  private static final Principal ACTOR = new Principal("key:test");
  private static final int WRITERS = 4;
  private static final int RUNS_OF_EACH = 60;
  private static final int EVENTS_OF_EACH = 2 * RUNS_OF_EACH;
  private static final int EVENTS = WRITERS * EVENTS_OF_EACH;
  private static final int BUFFER = 5;

  private final InMemoryWorld world = new InMemoryWorld();
  private final EventTail tail =
      new EventTail(world.runEventLog(), 16, BUFFER, new FeedLimits(100, 1));
  private final Run top = root(1);
  private final AtomicInteger following = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void missNothingAndAreToldNothingTwice(long seed) {
    world.write(() -> world.organizations().save(ACME));
    world.write(() -> world.runs().addAll(List.of(top)));
    var works = new ArrayList<Callable<Boolean>>();
    for (var writer = 0; writer < WRITERS; writer++) {
      var first = 1_000L * (writer + 1);
      works.add(() -> write(first));
    }
    for (var reader = 0; reader < 12; reader++) {
      var random = new Random(seed * 100 + reader);
      var selection =
          reader % 2 == 0
              ? EventSelection.ofTree(top.path())
              : EventSelection.within(Reach.within(ACME.id()));
      works.add(counted(() -> read(selection, random)));
    }
    for (var watcher = 0; watcher < 6; watcher++) {
      var random = new Random(seed * 1_000 + watcher);
      var goesAway = watcher % 2 == 0;
      works.add(counted(() -> watch(random, goesAway)));
    }
    works.add(this::tail);

    AtOnce.all(works);

    assertThat(tail.feeds()).isZero();
  }

  private Callable<Boolean> counted(Callable<Boolean> work) {
    following.incrementAndGet();
    return () -> {
      try {
        return work.call();
      } finally {
        following.decrementAndGet();
      }
    };
  }

  private boolean tail() {
    while (following.get() > 0) {
      if (!tail.follow()) {
        Thread.onSpinWait();
      }
    }
    return true;
  }

  /** Makes runs and ends them, and sequences now and then. */
  private boolean write(long first) {
    for (var i = 0; i < RUNS_OF_EACH; i++) {
      var run = child(top, first + i);
      world.write(() -> {
        world.runs().addAll(List.of(run));
        world.runEvents().add(List.of(RunEvent.created(run, ACTOR)));
      });
      world.transactions().inTransaction(() -> world.runEventLog().sequence(3));
      world.write(() -> {
        var now = world.runs().get(Reach.everywhere(), run.id());
        var ended = now.report(succeeded());
        world.runs().save(ended);
        world.runEvents().add(List.of(RunEvent.moved(ended, now.stateName(), ACTOR)));
      });
      world.transactions().inTransaction(() -> world.runEventLog().sequence(3));
    }
    return true;
  }

  /** Follows from the beginning, and again and again from where it was. */
  private boolean read(EventSelection selection, Random random) throws InterruptedException {
    var seen = new ArrayList<Long>();
    var position = 0L;
    while (seen.size() < EVENTS) {
      try (var feed = tail.events(Access.ofPlatform(ACTOR), selection, position, () -> {})) {
        for (var parts = random.nextInt(8); parts >= 0 && seen.size() < EVENTS; parts--) {
          feed.await(Duration.ofMillis(random.nextInt(20)));
          var part = feed.take();
          assertThat(part.firstKept()).isEmpty();
          part.items().stream().map(Entry::position).forEach(seen::add);
          position = part.position();
          dawdle(random);
        }
      }
    }
    var all = world.runEventLog().after(0, EVENTS + 1).stream().map(Entry::position).toList();
    assertThat(seen).isEqualTo(all);
    return true;
  }

  /** Keeps a view of the runs: what is there when it begins, and then what changes. */
  private boolean watch(Random random, boolean goesAway) throws InterruptedException {
    Map<RunId, StateName> view = Map.of();
    while (!isComplete(view)) {
      try (var feed = tail.changes(Access.ofPlatform(ACTOR), EventSelection.ofTree(top.path()))) {
        view = new HashMap<>(states(world.runs().findAll(Reach.everywhere(), all())));
        for (var parts = random.nextInt(8);
            (parts >= 0 || !goesAway) && !isComplete(view);
            parts--) {
          feed.await(Duration.ofMillis(random.nextInt(20)));
          var changed = feed.take().items().stream().map(Change::run).toList();
          assertThat(changed).doesNotHaveDuplicates();
          view.putAll(states(world.runs().findAll(Reach.everywhere(), changed)));
          dawdle(random);
        }
      }
    }
    return true;
  }

  private static boolean isComplete(Map<RunId, StateName> view) {
    return view.size() == WRITERS * RUNS_OF_EACH
        && view.values().stream().allMatch(state -> state == StateName.SUCCEEDED);
  }

  private List<RunId> all() {
    var ids = new ArrayList<RunId>();
    for (var writer = 0; writer < WRITERS; writer++) {
      for (var i = 0; i < RUNS_OF_EACH; i++) {
        ids.add(child(top, 1_000L * (writer + 1) + i).id());
      }
    }
    return ids;
  }

  private static Map<RunId, StateName> states(Map<RunId, Run> runs) {
    return runs.values().stream().collect(Collectors.toMap(Run::id, Run::stateName));
  }

  private static void dawdle(Random random) {
    for (var i = random.nextInt(4); i > 0; i--) {
      Thread.onSpinWait();
    }
  }

  private static RunReport succeeded() {
    var at = Instant.parse("2026-03-01T12:01:00Z");
    return RunReport.byClient(new RunState.Succeeded(at), EnumSet.of(StateName.SUCCEEDED), at);
  }
}
