package dev.runs.adapters.rest.run;

import static dev.runs.domain.run.StateName.CANCELED;
import static dev.runs.domain.run.StateName.FAILED;
import static dev.runs.domain.run.StateName.SUCCEEDED;
import static dev.runs.domain.run.StateName.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.run.StateName;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrackerStatusTest {

  @Test
  void isCompletedWhenTheRunSucceeded() {
    assertThat(TrackerStatus.COMPLETED.states()).containsExactly(SUCCEEDED);
  }

  @Test
  void isFailedWhenTheRunEndedAnyOtherWay() {
    assertThat(TrackerStatus.FAILED.states())
        .containsExactlyInAnyOrder(FAILED, TIMED_OUT, CANCELED);
  }

  @Test
  void isRunningWhileMoreIsExpected() {
    assertThat(TrackerStatus.RUNNING.states())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(StateName.values()).filter(StateName::isLive).toList());
  }

  @Test
  void isFoundByItsWordAlone() {
    assertThat(TrackerStatus.ofWord("completed")).contains(TrackerStatus.COMPLETED);
    assertThat(TrackerStatus.ofWord("COMPLETED")).isEmpty();
    assertThat(TrackerStatus.ofWord("succeeded")).isEmpty();
  }
}
