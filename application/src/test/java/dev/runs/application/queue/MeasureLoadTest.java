package dev.runs.application.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.application.queue.MeasureLoad.KindDepth;
import dev.runs.application.queue.QueueDepths.Depth;
import dev.runs.application.queue.QueueDepths.Depths;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.RunFixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MeasureLoadTest extends UseCaseTest {

  private final List<Depth> there = new ArrayList<>();
  private int looks;

  @Test
  void looksOnceInAWhileHoweverOftenItIsAsked() {
    var measureLoad = measureLoad();
    there.add(depth(1, 3));

    assertThat(measureLoad.measure().kinds()).hasSize(1);
    there.add(depth(2, 1));
    clock.advance(MeasureLoad.KEPT.minusNanos(1));
    assertThat(measureLoad.measure().kinds()).hasSize(1);
    clock.advance(Duration.ofNanos(1));
    assertThat(measureLoad.measure().kinds()).hasSize(2);
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void looksAgainWhenTheClockWasSetBack() {
    var measureLoad = measureLoad();
    measureLoad.measure();
    clock.advance(Duration.ofDays(-1));
    measureLoad.measure();

    assertThat(looks).isEqualTo(2);
  }

  @Test
  void namesTheMostNumerousKindsAndAddsUpTheOthers() {
    IntStream.rangeClosed(1, MeasureLoad.MOST_KINDS + 2).forEach(i -> there.add(depth(i, i)));

    var kinds = measureLoad().measure().kinds();

    assertThat(kinds).hasSize(MeasureLoad.MOST_KINDS + 1);
    assertThat(kinds.getFirst())
        .isEqualTo(
            new KindDepth(Optional.of(new Kind("k202")), 202, 202, 202, Optional.of(age(202))));
    assertThat(kinds.getLast())
        .isEqualTo(new KindDepth(Optional.empty(), 3, 3, 3, Optional.of(age(2))));
  }

  @Test
  void namesAllKindsWhenThereAreNoMoreThanItNames() {
    IntStream.rangeClosed(1, MeasureLoad.MOST_KINDS).forEach(i -> there.add(depth(i, i)));

    assertThat(measureLoad().measure().kinds())
        .hasSize(MeasureLoad.MOST_KINDS)
        .allMatch(kind -> kind.kind().isPresent());
  }

  @Test
  void tellsWhatTheLoopHasStillToDo() {
    world.write(() -> {
      world.runEvents().add(List.of(RunEvent.created(RunFixtures.root(1), ACTOR)));
      world.runEvents().add(List.of(RunEvent.created(RunFixtures.root(2), ACTOR)));
    });

    var load = measureLoad().measure();

    assertThat(load.pendingEvents()).isEqualTo(2);
    assertThat(load.pendingDeltas()).isZero();
    assertThat(load.isComplete()).isTrue();
  }

  private MeasureLoad measureLoad() {
    return new MeasureLoad(
        () -> {
          looks++;
          return new Depths(there, true);
        },
        world.runEventLog(),
        world.ledgerAudit(),
        world.transactions(),
        clock);
  }

  private static Depth depth(int number, int count) {
    return new Depth(new Kind("k" + number), count, count, count, Optional.of(age(number)));
  }

  private static Duration age(int number) {
    return Duration.ofSeconds(number);
  }
}
