package dev.runs.domain.action;

import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.action.PhaseTransition.Seen;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseTransitionTest {

  @Test
  void eachEndsWhereTheNextBeginsAlsoBackAndForth() {
    var told =
        List.of(
            seen(ActionPhase.SUCCEEDED, 0, 40),
            seen(ActionPhase.RUNNING, 0, 10),
            seen(ActionPhase.WAITING_FOR_RESOURCES, 0, 20),
            seen(ActionPhase.RUNNING, 7, 30),
            seen(ActionPhase.RUNNING, 8, 35));

    assertThat(PhaseTransition.of(told))
        .containsExactly(
            new PhaseTransition(ActionPhase.RUNNING, at(10), at(20)),
            new PhaseTransition(ActionPhase.WAITING_FOR_RESOURCES, at(20), at(30)),
            new PhaseTransition(ActionPhase.RUNNING, at(30), at(40)),
            new PhaseTransition(ActionPhase.SUCCEEDED, at(40), at(40)));
  }

  @Test
  void theLastOneHasNoEndWhileItIsLive() {
    assertThat(PhaseTransition.of(List.of(seen(ActionPhase.QUEUED, 0, 1))))
        .containsExactly(new PhaseTransition(ActionPhase.QUEUED, at(1), null));
    assertThat(PhaseTransition.of(List.of())).isEmpty();
  }

  private static Seen seen(ActionPhase phase, long version, long seconds) {
    return new Seen(phase, version, at(seconds));
  }

  private static Instant at(long seconds) {
    return NOON.plusSeconds(seconds);
  }
}
