package dev.runs.application.event;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.RequestRejected;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventTailTest {

  private static final Principal ACTOR = new Principal("key:test");
  private static final Access PLATFORM = Access.ofPlatform(ACTOR);
  private static final int BUFFER = 3;

  private final InMemoryWorld world = new InMemoryWorld();
  private final CountingLog log = new CountingLog(world.runEventLog());
  private final EventTail tail = new EventTail(log, 4, BUFFER, new FeedLimits(60, 2));
  private final Run top = root(1);
  private final Run middle = child(top, 2);
  private final Run leaf = child(middle, 3);

  @Test
  void tellsWhatHappensFromNowOn() {
    happened(created(top));
    var feed = tail.events(PLATFORM, everything(), () -> {});

    happened(created(middle), created(leaf));

    assertThat(positions(feed)).containsExactly(2L, 3L);
    assertThat(positions(feed)).isEmpty();
    assertThat(feed.position()).isEqualTo(3);
  }

  @Test
  void tellsFirstWhatHappenedBehindAPosition() {
    happened(created(top), created(middle), created(leaf));
    var feed = tail.events(PLATFORM, everything(), 1, () -> {});

    happened(created(root(4)));

    assertThat(positions(feed)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void tellsARunATreeAnOrganizationAndEverybodyWhatIsTheirs() {
    var ofRun = tail.events(PLATFORM, EventSelection.ofRun(middle.path()), () -> {});
    var ofTree = tail.events(PLATFORM, EventSelection.ofTree(top.path()), () -> {});
    var ofPart = tail.events(PLATFORM, EventSelection.ofTree(middle.path()), () -> {});
    var ofGlobex =
        tail.events(PLATFORM, EventSelection.within(Reach.within(GLOBEX.id())), () -> {});
    var ofProject =
        tail.events(
            PLATFORM,
            EventSelection.within(new Reach.Within(ACME.id(), Set.of(new Slug("growth")))),
            () -> {});
    var ofAll = tail.events(PLATFORM, everything(), () -> {});

    happened(created(top), created(middle), created(leaf), created(root(4)), created(foreign()));

    assertThat(positions(ofRun)).containsExactly(2L);
    assertThat(positions(ofTree)).containsExactly(1L, 2L, 3L);
    assertThat(positions(ofPart)).containsExactly(2L, 3L);
    assertThat(positions(ofGlobex)).containsExactly(5L);
    assertThat(positions(ofProject)).isEmpty();
    assertThat(positions(ofAll)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void tellsARunOfADeletionAboveIt() {
    var ofRun = tail.events(PLATFORM, EventSelection.ofRun(leaf.path()), () -> {});
    var ofPart = tail.events(PLATFORM, EventSelection.ofTree(leaf.path()), () -> {});

    happened(
        RunEvent.cancelRequested(top, ACTOR, NOON, Optional.empty()),
        RunEvent.deleted(child(top, 9), ACTOR, NOON),
        RunEvent.deleted(top, ACTOR, NOON));

    assertThat(positions(ofRun)).containsExactly(3L);
    assertThat(positions(ofPart)).containsExactly(3L);
  }

  @Test
  void readsTheLogOnceForAllWhoListen() {
    var feeds = new ArrayList<EventFeed>();
    for (var i = 0; i < 50; i++) {
      feeds.add(tail.events(PLATFORM, EventSelection.ofTree(top.path()), () -> {}));
    }
    var before = log.reads();

    happened(created(top), created(middle));

    assertThat(feeds).allSatisfy(feed -> assertThat(positions(feed)).containsExactly(1L, 2L));
    assertThat(log.reads() - before).isEqualTo(1);
  }

  @Test
  void readsNothingWhileNobodyListens() {
    happened(created(top));
    assertThat(log.reads()).isZero();
    assertThat(tail.isAwake()).isFalse();

    var feed = tail.events(PLATFORM, everything(), () -> {});
    assertThat(tail.isAwake()).isTrue();
    feed.close();
    tail.follow();

    assertThat(tail.isAwake()).isFalse();
    assertThat(tail.feeds()).isZero();
  }

  @Test
  void losesNothingForOneWhoDoesNotTakeForLong() {
    var feed = tail.events(PLATFORM, everything(), () -> {});

    for (var n = 1; n <= 20; n++) {
      happened(created(root(n)));
    }
    var first = positions(feed);
    happened(created(root(21)), created(root(22)));

    assertThat(first).hasSize(20).isSorted();
    assertThat(positions(feed)).containsExactly(21L, 22L);
  }

  @Test
  void keepsNoMoreThanTheBufferHolds() {
    var feed = tail.events(PLATFORM, everything(), () -> {});
    for (var n = 1; n <= 20; n++) {
      happened(created(root(n)));
    }
    var before = log.reads();

    assertThat(feed.take().items()).hasSize(BUFFER);
    assertThat(log.reads()).isEqualTo(before);
    assertThat(feed.take().items()).hasSize(20 - BUFFER);
    assertThat(log.reads()).isGreaterThan(before);
  }

  @Test
  void readsALongLogInParts() {
    var events = new ArrayList<RunEvent>();
    for (var n = 1; n <= Feed.READ_AT_ONCE + 7; n++) {
      events.add(created(root(n)));
    }
    happened(events.toArray(RunEvent[]::new));
    var feed = tail.events(PLATFORM, everything(), 0, () -> {});

    assertThat(feed.take().items()).hasSize(Feed.READ_AT_ONCE);
    assertThat(feed.position()).isEqualTo(Feed.READ_AT_ONCE);
    assertThat(feed.take().items()).hasSize(7);
    assertThat(feed.take().isEmpty()).isTrue();
  }

  @Test
  void movesThePlaceOfOneWhoWantsLittle() {
    var feed = tail.events(PLATFORM, EventSelection.ofRun(leaf.path()), () -> {});

    happened(created(top), created(middle));

    assertThat(feed.take().isEmpty()).isTrue();
    assertThat(feed.position()).isEqualTo(2);
  }

  @Test
  void tellsOneWhoComesTooLateThatSomethingIsGone() {
    happened(at(NOON), at(NOON.plusSeconds(1)), at(NOON.plusSeconds(2)));
    forget(NOON.plusSeconds(2));

    var tooLate = tail.events(PLATFORM, everything(), 1, () -> {});
    var inTime = tail.events(PLATFORM, everything(), 2, () -> {});

    var part = tooLate.take();
    assertThat(part.firstKept()).hasValue(3);
    assertThat(part.items()).isEmpty();
    assertThat(positions(tooLate)).containsExactly(3L);
    assertThat(positions(inTime)).containsExactly(3L);
  }

  @Test
  void tellsOneWhoComesFromAnotherLogThatItsPlaceIsUnknown() {
    happened(created(top));

    var feed = tail.events(PLATFORM, everything(), 99, () -> {});

    assertThat(feed.take().firstKept()).hasValue(2);
    happened(created(middle));
    assertThat(positions(feed)).containsExactly(2L);
  }

  @Test
  void goesOnWhereAnotherNodeWasAhead() {
    var here = tail.events(PLATFORM, everything(), () -> {});
    unseen(created(top), created(middle));

    var feed = tail.events(PLATFORM, everything(), 1, () -> {});
    tail.follow();

    assertThat(positions(feed)).containsExactly(2L);
    assertThat(positions(here)).containsExactly(1L, 2L);
  }

  @Test
  void tellsOfARunThatChangedOftenOnce() {
    var feed = tail.changes(PLATFORM, everything());

    happened(
        created(top),
        RunEvent.cancelRequested(top, ACTOR, NOON, Optional.empty()),
        created(middle));
    happened(RunEvent.moved(ended(top, StateName.CANCELED), StateName.RUNNING, ACTOR));

    assertThat(feed.take().items())
        .containsExactly(
            new Change(
                top.path(),
                Set.of(EventType.CREATED, EventType.CANCEL_REQUESTED, EventType.CANCELED),
                4),
            new Change(middle.path(), Set.of(EventType.CREATED), 3));
    assertThat(feed.position()).isEqualTo(4);
    assertThat(feed.take().isEmpty()).isTrue();
  }

  @Test
  void tellsOfEveryRunThatChangedHoweverMany() {
    var feed = tail.changes(PLATFORM, everything());

    for (var n = 1; n <= 20; n++) {
      happened(created(root(n)), RunEvent.cancelRequested(root(n), ACTOR, NOON, Optional.empty()));
    }

    assertThat(changed(feed)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void ringsOnceUntilEverythingIsTaken() {
    var rings = new AtomicInteger();
    var feed = tail.events(PLATFORM, everything(), rings::incrementAndGet);
    assertThat(feed.take().isEmpty()).isTrue();

    happened(created(top));
    happened(created(middle));
    assertThat(rings).hasValue(1);
    assertThat(positions(feed)).hasSize(2);
    happened(created(leaf));

    assertThat(rings).hasValue(2);
  }

  @Test
  void wakesOneWhoWaits() throws Exception {
    var feed = tail.changes(PLATFORM, everything());
    assertThat(feed.take().isEmpty()).isTrue();
    assertThat(feed.await(Duration.ZERO)).isFalse();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = threads.submit(() -> feed.await(Duration.ofMinutes(1)));
      happened(created(top));

      assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
      assertThat(changed(feed)).containsExactly(top.id());

      var waitingForTheEnd = threads.submit(() -> feed.await(Duration.ofMinutes(1)));
      tail.close();
      assertThat(waitingForTheEnd.get(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(feed.isClosed()).isTrue();
  }

  @Test
  void givesNothingMoreOnceItIsClosed() {
    var rings = new AtomicInteger();
    var feed = tail.events(PLATFORM, everything(), rings::incrementAndGet);
    assertThat(feed.take().isEmpty()).isTrue();
    happened(created(top));

    feed.close();
    feed.close();
    happened(created(middle));

    assertThat(feed.take().isEmpty()).isTrue();
    assertThat(rings).hasValue(2);
    assertThat(tail.feeds()).isZero();
  }

  @Test
  void closesWhatIsOpenedAfterTheEnd() {
    tail.close();

    assertThat(tail.events(PLATFORM, everything(), () -> {}).isClosed()).isTrue();
    assertThat(tail.feeds()).isZero();
  }

  @Test
  void goesOnAfterTheDatabaseWasAway() {
    var feed = tail.events(PLATFORM, everything(), () -> {});
    unseen(created(top));

    log.fails = true;
    assertThatIllegalStateException().isThrownBy(tail::follow);
    log.fails = false;
    happened(created(middle));

    assertThat(positions(feed)).containsExactly(1L, 2L);
  }

  @Test
  void goesOnReadingAfterTheDatabaseWasAway() {
    happened(created(top), created(middle));
    var feed = tail.events(PLATFORM, everything(), 0, () -> {});

    log.fails = true;
    assertThatIllegalStateException().isThrownBy(feed::take);
    log.fails = false;

    assertThat(positions(feed)).containsExactly(1L, 2L);
  }

  @Test
  void letsAKeyListenSoOftenAtATime() {
    var key = by("key:one");
    var other = by("key:two");
    var first = tail.events(key, everything(), () -> {});
    tail.changes(key, everything());

    assertThatExceptionOfType(RequestRejected.TooManyStreams.OfKey.class)
        .isThrownBy(() -> tail.changes(key, everything()))
        .satisfies(refused -> assertThat(refused.most()).isEqualTo(2));
    tail.changes(other, everything());
    first.close();
    first.close();
    tail.events(key, everything(), 0, () -> {});
    assertThatExceptionOfType(RequestRejected.TooManyStreams.OfKey.class)
        .isThrownBy(() -> tail.events(key, everything(), () -> {}));
    assertThat(tail.feeds()).isEqualTo(3);
  }

  @Test
  void letsSoManyListenAtATime() {
    var feeds = new ArrayList<EventFeed>();
    for (var i = 0; i < 60; i++) {
      feeds.add(tail.events(PLATFORM, everything(), () -> {}));
    }

    assertThatExceptionOfType(RequestRejected.TooManyStreams.OnServer.class)
        .isThrownBy(() -> tail.events(PLATFORM, everything(), () -> {}))
        .satisfies(refused -> assertThat(refused.most()).isEqualTo(60));
    feeds.getFirst().close();
    tail.events(PLATFORM, everything(), () -> {});
    assertThat(tail.feeds()).isEqualTo(60);
  }

  @Test
  void givesBackThePlaceOfOneWhoCouldNotBegin() {
    var key = by("key:one");
    log.fails = true;
    for (var i = 0; i < 3; i++) {
      assertThatIllegalStateException()
          .isThrownBy(() -> tail.events(key, everything(), 5, () -> {}));
    }
    log.fails = false;

    assertThat(tail.events(key, everything(), () -> {}).isClosed()).isFalse();
    assertThat(tail.feeds()).isEqualTo(1);
  }

  @Test
  void closesOnlyTheOneWhoCannotBeTold() {
    var bad =
        tail.events(
            PLATFORM,
            everything(),
            () -> {
              throw new IllegalArgumentException("no");
            });
    var good = tail.events(PLATFORM, everything(), () -> {});
    bad.take();
    good.take();
    unseen(created(top), created(middle));

    assertThatIllegalArgumentException().isThrownBy(tail::follow);

    assertThat(positions(good)).containsExactly(1L, 2L);
    assertThat(bad.isClosed()).isTrue();
  }

  private void happened(RunEvent... events) {
    unseen(events);
    while (tail.follow()) {
      // until there is nothing more
    }
  }

  private void unseen(RunEvent... events) {
    world.write(() -> {
      world.runEvents().add(List.of(events));
      world.runEventLog().sequence(events.length);
    });
  }

  private void forget(Instant before) {
    world.write(() -> world.runEventLog().forget(before, 100));
  }

  private static List<Long> positions(EventFeed feed) {
    var all = new ArrayList<Long>();
    for (var part = feed.take(); !part.isEmpty(); part = feed.take()) {
      part.items().stream().map(Entry::position).forEach(all::add);
    }
    return all;
  }

  private static List<RunId> changed(ChangeFeed feed) {
    var all = new ArrayList<RunId>();
    for (var part = feed.take(); !part.isEmpty(); part = feed.take()) {
      part.items().stream().map(Change::run).forEach(all::add);
    }
    return all;
  }

  private static EventSelection everything() {
    return EventSelection.within(Reach.everywhere());
  }

  private static Access by(String principal) {
    return new Access(
        new Principal(principal),
        Reach.within(ACME.id()),
        Scopes.of(Scope.RUNS_READ),
        Optional.empty());
  }

  private static Run foreign() {
    return rootOf(GLOBEX.id(), 5);
  }

  private static RunEvent created(Run run) {
    return RunEvent.created(run, ACTOR);
  }

  private static RunEvent at(Instant at) {
    return RunEvent.cancelRequested(root(1), ACTOR, at, Optional.empty());
  }

  /** Counts how often entries are read, and fails when it is told to. */
  private static final class CountingLog implements RunEventLog {

    private final RunEventLog log;
    private final AtomicInteger reads = new AtomicInteger();
    private boolean fails;

    private CountingLog(RunEventLog log) {
      this.log = log;
    }

    int reads() {
      return reads.get();
    }

    private RunEventLog read() {
      failIfAway();
      reads.incrementAndGet();
      return log;
    }

    private void failIfAway() {
      if (fails) {
        throw new IllegalStateException("the database is away");
      }
    }

    @Override
    public int sequence(int most) {
      return log.sequence(most);
    }

    @Override
    public boolean hasWaiting() {
      return log.hasWaiting();
    }

    @Override
    public boolean hasWaitingOf(RunId run) {
      return log.hasWaitingOf(run);
    }

    @Override
    public boolean hasWaitingBelow(RunId root) {
      return log.hasWaitingBelow(root);
    }

    @Override
    public int waiting(int most) {
      return log.waiting(most);
    }

    @Override
    public long last(EventSelection selection) {
      return read().last(selection);
    }

    @Override
    public List<Entry> after(long position, int limit) {
      return read().after(position, limit);
    }

    @Override
    public List<Entry> selected(EventSelection selection, long after, long upTo, int limit) {
      return read().selected(selection, after, upTo, limit);
    }

    @Override
    public long lastPosition() {
      failIfAway();
      return log.lastPosition();
    }

    @Override
    public long firstPosition() {
      return log.firstPosition();
    }

    @Override
    public int forget(Instant before, int most) {
      return log.forget(before, most);
    }
  }
}
