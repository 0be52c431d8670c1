package dev.runs.adapters.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.web.run.Timeline.Bar;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TimelineTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final OrganizationId ACME = new OrganizationId(new UUID(0, 1));
  private static final RunPath PATH = RunPath.ofRoot(new RunId(new UUID(0, 2)));
  private static final RunName NAME = new RunName("greet");
  private static final RunOrigin ORIGIN = new RunOrigin("demo", "greet");
  private static final RunFailure WHY = RunFailure.UNEXPLAINED;

  @Test
  void drawsARunFromItsStartToItsEnd() {
    var top = tracked(NOON).ended(new RunState.Succeeded(NOON.plusSeconds(100)));
    var timeline = Timeline.of(top, NOON.plusSeconds(1_000));
    var child = tracked(NOON.plusSeconds(25)).ended(new RunState.Failed(NOON.plusSeconds(75), WHY));

    assertThat(timeline.bars(top, List.of()))
        .containsExactly(new Bar("0.000%", "100.000%", "succeeded", "succeeded"));
    assertThat(timeline.bars(child, List.of()))
        .containsExactly(new Bar("25.000%", "50.000%", "failed", "failed"));
  }

  @Test
  void drawsWhatWaitsApartFromWhatIsExecuted() {
    var top = queued(NOON).claimed(NOON.plusSeconds(40));
    var timeline = Timeline.of(top, NOON.plusSeconds(100));

    assertThat(timeline.bars(top, List.of()))
        .containsExactly(
            new Bar("0.000%", "40.000%", "waiting", "waited"),
            new Bar("40.000%", "60.000%", "running", "running"));
    assertThat(timeline.bars(queued(NOON.plusSeconds(90)), List.of()))
        .containsExactly(new Bar("90.000%", "10.000%", "waiting", "waited"));
  }

  @Test
  void drawsWhatLiesBeyondItsEndsAtThem() {
    var top = tracked(NOON).ended(new RunState.Succeeded(NOON.plusSeconds(100)));
    var late = tracked(NOON.plusSeconds(200));

    assertThat(Timeline.of(top, NOON.plusSeconds(300)).bars(late, List.of()))
        .containsExactly(new Bar("99.700%", "0.300%", "running", "running"));
  }

  @Test
  void drawsARunThatTookNoTime() {
    var top = tracked(NOON).ended(new RunState.Succeeded(NOON));

    assertThat(Timeline.of(top, NOON).bars(top, List.of())).hasSize(1);
  }

  private static Run tracked(Instant made) {
    return Run.tracked(PATH, ACME, RunSpace.DEFAULT, NAME, ORIGIN, RunLabels.NONE, null, made);
  }

  private static Run queued(Instant made) {
    return Run.queued(PATH, ACME, RunSpace.DEFAULT, NAME, ORIGIN, made);
  }
}
