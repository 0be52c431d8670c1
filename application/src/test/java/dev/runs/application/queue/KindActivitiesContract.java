package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.SYNC;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.RunOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What everybody promises who sums up what became of queued runs. */
public abstract class KindActivitiesContract extends StoresContract {

  private static final Reach.Within OF_ACME = Reach.within(ACME.id());
  private static final Principal WORKER = new Principal("key:worker");

  private long counted;

  @Test
  void knowsNothingAtFirst() {
    assertThat(activities().sums(OF_ACME, List.of(PULL), Instant.EPOCH)).isEmpty();
    assertThat(activities().sums(OF_ACME, List.of(), Instant.EPOCH)).isEmpty();
    assertThat(activities().stretches(OF_ACME, PULL, Instant.EPOCH)).isEmpty();
  }

  @Test
  void countsEndsOfRunsAndOfAttemptsByTheirKind() {
    tell(
        event(EventType.ENQUEUED, NOON, WORKER, Map.of()),
        event(EventType.STARTED, NOON, WORKER, Map.of()),
        event(EventType.RETRIED, NOON, WORKER, Map.of("why", "user")),
        event(EventType.RETRIED, NOON, WORKER, Map.of("why", "released")),
        event(EventType.RETRIED, NOON, ReapLeases.ACTOR, Map.of("why", "lost")),
        event(EventType.SUCCEEDED, NOON, WORKER, Map.of()),
        event(EventType.SUCCEEDED, NOON, WORKER, Map.of()),
        event(EventType.FAILED, NOON, WORKER, Map.of()),
        event(EventType.FAILED, NOON, ReapLeases.ACTOR, Map.of()),
        event(EventType.TIMED_OUT, NOON, ReapLeases.ACTOR, Map.of()),
        event(EventType.CANCELED, NOON, WORKER, Map.of()));

    assertThat(activities().sums(OF_ACME, List.of(PULL, SYNC), NOON))
        .isEqualTo(Map.of(PULL, new KindActivity(2, 2, 1, 1, 2, 2)));
  }

  @Test
  void addsToWhatItKnowsAndCountsNothingTwice() {
    tell(event(EventType.SUCCEEDED, NOON, WORKER, Map.of()));
    tell(
        event(EventType.SUCCEEDED, NOON.plusSeconds(299), WORKER, Map.of()),
        event(EventType.SUCCEEDED, NOON.plusSeconds(300), WORKER, Map.of()));

    assertThat(activities().stretches(OF_ACME, PULL, NOON))
        .isEqualTo(
            Map.of(
                NOON,
                new KindActivity(2, 0, 0, 0, 0, 0),
                NOON.plusSeconds(300),
                new KindActivity(1, 0, 0, 0, 0, 0)));
    assertThat(activities().sums(OF_ACME, List.of(PULL), NOON.plusSeconds(300)))
        .isEqualTo(Map.of(PULL, new KindActivity(1, 0, 0, 0, 0, 0)));
  }

  @Test
  void leavesOutRunsThatNobodyQueued() {
    stores().write(() -> stores().runEvents().add(List.of(RunEvent.created(root(1), WORKER))));
    var reported = root(2);
    var ended =
        new RunEvent(
            reported.path(),
            reported.organization(),
            reported.space(),
            reported.origin(),
            EventType.SUCCEEDED,
            1L,
            WORKER,
            NOON,
            Map.of());

    tell(ended);

    assertThat(
            activities().sums(OF_ACME, List.of(new Kind(reported.origin().task())), Instant.EPOCH))
        .isEmpty();
  }

  @Test
  void leavesOutTasksThatAreNoKinds() {
    var run = root(1);
    tell(
        new RunEvent(
            run.path(),
            run.organization(),
            run.space(),
            new RunOrigin(Kind.SERVICE, " "),
            EventType.SUCCEEDED,
            1L,
            WORKER,
            NOON,
            Map.of()));

    assertThat(stores().queueContents().loads(OF_ACME, Optional.empty(), 9)).isEmpty();
  }

  @Test
  void tellsNothingBeyondReach() {
    tell(event(EventType.SUCCEEDED, NOON, WORKER, Map.of()));

    assertThat(activities().sums(Reach.within(GLOBEX.id()), List.of(PULL), NOON)).isEmpty();
    var elsewhere = new Reach.Within(ACME.id(), Set.of(new Slug("elsewhere")));
    assertThat(activities().sums(elsewhere, List.of(PULL), NOON)).isEmpty();
    assertThat(activities().stretches(elsewhere, PULL, NOON)).isEmpty();
    var here = new Reach.Within(ACME.id(), Set.of(Slug.DEFAULT));
    assertThat(activities().stretches(here, PULL, NOON)).hasSize(1);
  }

  @Test
  void forgetsWhatIsOld() {
    tell(
        event(EventType.SUCCEEDED, NOON, WORKER, Map.of()),
        event(EventType.SUCCEEDED, NOON.plusSeconds(300), WORKER, Map.of()));

    stores().write(() -> activities().forget(NOON.plusSeconds(300)));

    assertThat(activities().stretches(OF_ACME, PULL, NOON)).containsOnlyKeys(NOON.plusSeconds(300));
  }

  private static RunEvent event(
      EventType type, Instant at, Principal actor, Map<String, String> details) {
    var run = queuedRun(1);
    return new RunEvent(
        run.path(), run.organization(), run.space(), run.origin(), type, null, actor, at, details);
  }

  /** As the keeper of the log does. */
  private void tell(RunEvent... events) {
    stores().write(() -> stores().runEvents().add(List.of(events)));
    stores()
        .write(() -> {
          stores().runEventLog().sequence(100);
          var last = stores().runEventLog().lastPosition();
          activities().add(counted, last);
          counted = last;
        });
  }

  private KindActivities activities() {
    return stores().kindActivities();
  }
}
