package dev.runs.application.event;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.access.Principal;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every log of events promises, with the inbox that feeds it. */
public abstract class RunEventLogContract extends StoresContract {

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
            runId(2),
            runId(1),
            ACME.id(),
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
            runId(1),
            runId(1),
            ACME.id(),
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
