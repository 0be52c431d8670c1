package dev.runs.application.event;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every log of events promises, with the inbox that feeds it. */
public abstract class RunEventLogContract extends StoresContract {

  private static final Principal ACTOR = new Principal("key:test");

  private final Run top = root(1);
  private final Run middle = child(top, 2);
  private final Run leaf = child(middle, 3);
  private final Run beside = child(top, 4);
  private final Run other = root(5);
  private final Run foreign = rootOf(GLOBEX.id(), 6);

  @Test
  void beginsEmpty() {
    assertThat(stores().runEventLog().lastPosition()).isZero();
    assertThat(stores().runEventLog().after(0, 10)).isEmpty();
    assertThat(sequence(10)).isZero();
    assertThat(stores().runEventLog().waiting(10)).isZero();
  }

  @Test
  void countsWhatHasNoPositionYetUpToANumber() {
    for (var i = 1; i <= 3; i++) {
      add(RunEvent.created(root(i), new Principal("key:test")));
    }

    assertThat(stores().runEventLog().waiting(10)).isEqualTo(3);
    assertThat(stores().runEventLog().waiting(2)).isEqualTo(2);
    sequence(2);
    assertThat(stores().runEventLog().waiting(10)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void givesBackAnEventAsItWas(EventType type) {
    var details = new LinkedHashMap<String, String>();
    details.put("z", "last letter first");
    details.put("a \"quoted\" \\ key", "line\nbreak 'é' 𝄞 \u0001");
    var event =
        new RunEvent(
            RunPath.ofRoot(runId(1)).child(runId(2)),
            ACME.id(),
            new RunSpace(new Slug("growth"), "staging"),
            new RunOrigin("a service é", "a task 𝄞"),
            type,
            7L,
            new Principal("key:é"),
            NOON.plusNanos(123_456_000),
            details);

    add(event);
    sequence(10);

    assertThat(stores().runEventLog().after(0, 10)).containsExactly(new Entry(1, event));
  }

  @Test
  void givesBackAnEventThatLeftTheRunAsItWas() {
    var event =
        new RunEvent(
            RunPath.ofRoot(runId(1)),
            ACME.id(),
            RunSpace.DEFAULT,
            SEARCH,
            EventType.COST_ADDED,
            null,
            Principal.SYSTEM,
            NOON,
            Map.of());

    add(event);
    sequence(10);

    assertThat(stores().runEventLog().after(0, 10)).containsExactly(new Entry(1, event));
  }

  @Test
  void showsNothingThatHasNoPositionYet() {
    add(event(1));

    assertThat(stores().runEventLog().after(0, 10)).isEmpty();
    assertThat(stores().runEventLog().lastPosition()).isZero();
  }

  @Test
  void givesPositionsInTheOrderOfWriting() {
    add(event(1), event(2));
    add(event(3));

    assertThat(sequence(2)).isEqualTo(2);
    add(event(4));
    assertThat(sequence(2)).isEqualTo(2);
    assertThat(sequence(2)).isZero();

    assertThat(stores().runEventLog().after(0, 10))
        .extracting(Entry::position, entry -> entry.event().run())
        .containsExactly(
            tuple(1L, runId(1)), tuple(2L, runId(2)), tuple(3L, runId(3)), tuple(4L, runId(4)));
    assertThat(stores().runEventLog().lastPosition()).isEqualTo(4);
  }

  @Test
  void readsOnBehindAPosition() {
    add(event(1), event(2), event(3));
    sequence(10);

    assertThat(stores().runEventLog().after(1, 1)).extracting(Entry::position).containsExactly(2L);
    assertThat(stores().runEventLog().after(3, 10)).isEmpty();
    assertThat(stores().runEventLog().after(99, 10)).isEmpty();
  }

  @Test
  void forgetsAnEventWithItsTransaction() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            stores()
                .write(() -> {
                  stores().runEvents().add(List.of(event(1)));
                  throw new IllegalArgumentException();
                }));

    assertThat(sequence(10)).isZero();
  }

  @Test
  void leavesNoGapWhereASequencingWasTakenBack() {
    add(event(1));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            stores()
                .write(() -> {
                  stores().runEventLog().sequence(10);
                  throw new IllegalArgumentException();
                }));

    sequence(10);

    assertThat(stores().runEventLog().after(0, 10)).extracting(Entry::position).containsExactly(1L);
  }

  @Test
  void takesNoEventsToo() {
    stores().write(() -> stores().runEvents().add(List.of()));

    assertThat(sequence(10)).isZero();
  }

  /** A reader who follows the positions sees each event once, whoever writes and sequences. */
  @Test
  void losesNothingWhileManyWriteAndSequence() {
    var writers = 4;
    var each = 30;
    var busy = new AtomicInteger(writers);
    var works = new ArrayList<Callable<List<RunId>>>();
    for (var writer = 0; writer < writers; writer++) {
      var first = 1_000L * (writer + 1);
      works.add(() -> {
        try {
          for (var i = 0; i < each; i++) {
            add(event(first + 2L * i), event(first + 2L * i + 1));
          }
        } finally {
          busy.decrementAndGet();
        }
        return List.of();
      });
    }
    for (var sequencer = 0; sequencer < 2; sequencer++) {
      works.add(() -> {
        var isLast = false;
        while (!isLast) {
          isLast = busy.get() == 0;
          sequence(7);
        }
        return List.of();
      });
    }
    works.add(() -> follow(2 * writers * each));

    var followed = AtOnce.all(works).getLast();

    assertThat(followed).doesNotHaveDuplicates().hasSize(2 * writers * each);
    for (var writer = 0; writer < writers; writer++) {
      var first = 1_000L * (writer + 1);
      var own = LongStream.range(first, first + 2L * each).mapToObj(n -> runId(n)).toList();
      assertThat(followed).containsSubsequence(own);
    }
  }

  /** Sequences what the others leave, so that it always comes to the end. */
  private List<RunId> follow(int events) {
    var seen = new ArrayList<RunId>();
    while (seen.size() < events) {
      sequence(3);
      for (var entry : stores().runEventLog().after(seen.size(), 5)) {
        assertThat(entry.position()).isEqualTo(seen.size() + 1);
        seen.add(entry.event().run());
      }
    }
    return seen;
  }

  @Test
  void selectsWhatHappenedToARunAndADeletionAboveIt() {
    tellOfSome();

    assertThat(positions(EventSelection.ofRun(leaf.path()))).containsExactly(3L, 7L, 9L);
    assertThat(positions(EventSelection.ofRun(top.path()))).containsExactly(1L);
  }

  @Test
  void selectsWhatHappenedInATreeOrAPartOfIt() {
    tellOfSome();

    assertThat(positions(EventSelection.ofTree(top.path())))
        .containsExactly(1L, 2L, 3L, 4L, 7L, 8L, 9L);
    assertThat(positions(EventSelection.ofTree(middle.path()))).containsExactly(2L, 3L, 7L, 9L);
    assertThat(positions(EventSelection.ofTree(leaf.path()))).containsExactly(3L, 7L, 9L);
  }

  @Test
  void selectsWhatHappenedWithinReach() {
    tellOfSome();

    assertThat(positions(EventSelection.within(Reach.within(GLOBEX.id())))).containsExactly(6L);
    assertThat(positions(EventSelection.within(Reach.everywhere()))).hasSize(10);
    assertThat(
            positions(
                EventSelection.within(
                    new Reach.Within(ACME.id(), Set.of(new Slug("growth"), new Slug("another"))))))
        .containsExactly(10L);
  }

  @Test
  void selectsLessWhenItIsNarrowedDown() {
    tellOfSome();

    var all = EventSelection.within(Reach.within(ACME.id()));

    assertThat(positions(all.ofTypes(Set.of(EventType.DELETED, EventType.CANCEL_REQUESTED))))
        .containsExactly(7L, 8L, 9L);
    assertThat(positions(all.inProject(Optional.of(new Slug("growth"))))).containsExactly(10L);
    assertThat(positions(all.inDomain(Optional.of("staging")))).containsExactly(10L);
    assertThat(positions(all.byService(Optional.of("crm")))).containsExactly(10L);
    assertThat(positions(all.ofTask(Optional.of("import")))).containsExactly(10L);
    assertThat(positions(all.ofRun(Optional.of(leaf.id())))).containsExactly(3L, 7L);
    assertThat(positions(all.ofRoot(Optional.of(top.id()))))
        .containsExactly(1L, 2L, 3L, 4L, 7L, 8L, 9L);
    assertThat(positions(all.ofRun(Optional.of(foreign.id())))).isEmpty();
    assertThat(positions(all.ofRoots())).containsExactly(1L, 5L, 10L);
    assertThat(positions(all.ofTask(Optional.of("nothing")))).isEmpty();
  }

  @Test
  void selectsBetweenTwoPositions() {
    tellOfSome();

    var all = EventSelection.within(Reach.everywhere());

    assertThat(stores().runEventLog().selected(all, 2, 6, 2))
        .extracting(Entry::position)
        .containsExactly(3L, 4L);
    assertThat(stores().runEventLog().selected(all, 4, 6, 100))
        .extracting(Entry::position)
        .containsExactly(5L, 6L);
    assertThat(stores().runEventLog().selected(all, 6, 4, 100)).isEmpty();
  }

  private List<Long> positions(EventSelection selection) {
    var found = stores().runEventLog().selected(selection, 0, 100, 100);
    assertThat(stores().runEventLog().last(selection))
        .isEqualTo(found.isEmpty() ? 0 : found.getLast().position());
    assertThat(found)
        .isEqualTo(
            stores().runEventLog().after(0, 100).stream()
                .filter(entry -> selection.includes(entry.event()))
                .toList());
    return found.stream().map(Entry::position).toList();
  }

  private RunEvent in(Slug project, String domain, RunOrigin origin) {
    return new RunEvent(
        RunPath.ofRoot(runId(7)),
        ACME.id(),
        new RunSpace(project, domain),
        origin,
        EventType.CREATED,
        1L,
        ACTOR,
        NOON,
        Map.of());
  }

  private void tellOfSome() {
    add(
        RunEvent.created(top, ACTOR),
        RunEvent.created(middle, ACTOR),
        RunEvent.created(leaf, ACTOR),
        RunEvent.created(beside, ACTOR),
        RunEvent.created(other, ACTOR),
        RunEvent.created(foreign, ACTOR),
        RunEvent.cancelRequested(leaf, ACTOR, NOON, Optional.empty()),
        RunEvent.deleted(beside, ACTOR, NOON),
        RunEvent.deleted(middle, ACTOR, NOON),
        in(new Slug("growth"), "staging", new RunOrigin("crm", "import")));
    sequence(100);
  }

  @Test
  void knowsWhetherSomethingWaitsForItsPosition() {
    assertThat(stores().runEventLog().hasWaiting()).isFalse();

    add(event(1));

    assertThat(stores().runEventLog().hasWaiting()).isTrue();
    assertThat(stores().runEventLog().hasWaitingOf(runId(1))).isTrue();
    assertThat(stores().runEventLog().hasWaitingOf(runId(2))).isFalse();
    assertThat(stores().runEventLog().hasWaitingBelow(runId(1))).isTrue();
    assertThat(stores().runEventLog().hasWaitingBelow(runId(2))).isFalse();
    sequence(10);
    assertThat(stores().runEventLog().hasWaiting()).isFalse();
    assertThat(stores().runEventLog().hasWaitingOf(runId(1))).isFalse();
    assertThat(stores().runEventLog().hasWaitingBelow(runId(1))).isFalse();
  }

  @Test
  void forgetsWhatIsOldFromTheBeginningOn() {
    assertThat(stores().runEventLog().firstPosition()).isEqualTo(1);
    add(at(NOON), at(NOON.plusSeconds(1)), at(NOON.plusSeconds(9)), at(NOON.plusSeconds(2)));
    sequence(10);

    assertThat(forget(NOON, 10)).isZero();
    assertThat(forget(NOON.plusSeconds(5), 1)).isEqualTo(1);
    assertThat(forget(NOON.plusSeconds(5), 10)).isEqualTo(1);
    assertThat(forget(NOON.plusSeconds(5), 10)).isZero();

    assertThat(stores().runEventLog().firstPosition()).isEqualTo(3);
    assertThat(stores().runEventLog().after(0, 10))
        .extracting(Entry::position)
        .containsExactly(3L, 4L);
  }

  @Test
  void goesOnCountingWhenEverythingIsForgotten() {
    add(event(1), event(2));
    sequence(10);
    assertThat(forget(NOON.plusSeconds(1), 10)).isEqualTo(2);

    assertThat(stores().runEventLog().lastPosition()).isEqualTo(2);
    assertThat(stores().runEventLog().firstPosition()).isEqualTo(3);
    add(event(3));
    sequence(10);
    assertThat(stores().runEventLog().after(0, 10)).extracting(Entry::position).containsExactly(3L);
  }

  private int forget(Instant before, int most) {
    return stores().transactions().inTransaction(() -> stores().runEventLog().forget(before, most));
  }

  private static RunEvent at(Instant at) {
    return RunEvent.cancelRequested(root(1), new Principal("key:test"), at, Optional.empty());
  }

  private void add(RunEvent... events) {
    stores().write(() -> stores().runEvents().add(List.of(events)));
  }

  private int sequence(int most) {
    return stores().transactions().inTransaction(() -> stores().runEventLog().sequence(most));
  }

  private static RunEvent event(long run) {
    return RunEvent.created(root(run), new Principal("key:test"));
  }
}
