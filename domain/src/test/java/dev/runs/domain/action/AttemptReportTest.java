package dev.runs.domain.action;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptReportTest {

  private static final ActionAddress A1 =
      new RunAddress(ACME.id(), "default", "production", "nightly").action("a1");

  @Test
  void saysWhatTheLatestEventSays() {
    var report =
        report(
            event(ActionPhase.RUNNING, 1, 10, "one", null),
            event(ActionPhase.RUNNING, 2, 20, "two", null));

    assertThat(report.phase()).isEqualTo(ActionPhase.RUNNING);
    assertThat(report.cluster()).isEqualTo("two");
    assertThat(report.startedAt()).isEqualTo(at(10));
    assertThat(report.updatedAt()).isEqualTo(at(20));
    assertThat(report.endedAt()).isNull();
  }

  @Test
  void whatOneEventLeavesOutAnotherHasSaid() {
    var report =
        report(
            event(ActionPhase.RUNNING, 1, 10, "one", null),
            event(ActionPhase.RUNNING, 2, 20, null, "log of two"));

    assertThat(report.cluster()).isEqualTo("one");
    assertThat(report.logs()).containsOnlyKeys("pod");
  }

  @Test
  void anEndGoesBeforeWhateverIsToldBesides() {
    var report =
        report(
            event(ActionPhase.SUCCEEDED, 0, 30, null, null),
            event(ActionPhase.RUNNING, 3, 40, "late", null));

    assertThat(report.phase()).isEqualTo(ActionPhase.SUCCEEDED);
    assertThat(report.endedAt()).isEqualTo(at(30));
    assertThat(report.cluster()).isEqualTo("late");
  }

  @Test
  void anAttemptIsLiveWhereItGotFurthest() {
    assertThat(live(ActionPhase.RUNNING, ActionPhase.WAITING_FOR_RESOURCES))
        .isEqualTo(ActionPhase.RUNNING);
    assertThat(live(ActionPhase.QUEUED, ActionPhase.INITIALIZING))
        .isEqualTo(ActionPhase.INITIALIZING);
  }

  @Test
  void anAttemptIsPausedUntilItRunsAgain() {
    assertThat(live(ActionPhase.RUNNING, ActionPhase.PAUSED)).isEqualTo(ActionPhase.PAUSED);
    assertThat(live(ActionPhase.PAUSED, ActionPhase.RUNNING)).isEqualTo(ActionPhase.RUNNING);
    assertThat(live(ActionPhase.PAUSED, ActionPhase.QUEUED)).isEqualTo(ActionPhase.PAUSED);
  }

  @Test
  void isTheSameInWhateverOrderEventsComeAndHoweverOften() {
    for (var seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var events = new ArrayList<ActionEvent>();
      for (var i = 0; i < 1 + random.nextInt(8); i++) {
        events.add(any(random, i));
      }
      var inOrder = report(events);
      var shuffled = new ArrayList<>(events);
      shuffled.addAll(events.subList(0, random.nextInt(events.size() + 1)));
      Collections.shuffle(shuffled, random);

      assertThat(report(shuffled)).as("seed %d", seed).isEqualTo(inOrder);
      assertThat(report(shuffled).livePhase()).isEqualTo(inOrder.livePhase());
    }
  }

  /** No two are the same event. */
  private static ActionEvent any(Random random, int version) {
    var phases = ActionPhase.values();
    return event(
        phases[random.nextInt(phases.length)],
        version,
        random.nextInt(5),
        random.nextBoolean() ? "cluster " + version : null,
        random.nextBoolean() ? "log " + version : null);
  }

  private static ActionPhase live(ActionPhase... phases) {
    var events = new ArrayList<ActionEvent>();
    for (var phase : phases) {
      events.add(event(phase, 0, events.size(), null, null));
    }
    return report(events).livePhase();
  }

  private static AttemptReport report(ActionEvent... events) {
    return report(List.of(events));
  }

  private static AttemptReport report(List<ActionEvent> events) {
    var report = AttemptReport.first(events.getFirst());
    for (var event : events) {
      report = report.with(event);
    }
    return report;
  }

  private static Instant at(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static ActionEvent event(
      ActionPhase phase,
      long version,
      long seconds,
      @Nullable String cluster,
      @Nullable String log) {
    return new ActionEvent(
        A1,
        1,
        phase,
        version,
        at(seconds),
        at(seconds),
        null,
        null,
        cluster,
        null,
        null,
        log == null
            ? List.of()
            : List.of(new AttemptLog("pod", new Document("{\"uri\":\"" + log + "\"}"))),
        null,
        List.of());
  }
}
