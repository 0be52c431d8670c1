package dev.runs.domain.attempt;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunReport.Reporter;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AttemptTest {

  @Test
  void beginsWithItsRunWhenItIsTheFirst() {
    assertThat(Attempt.currentOf(root(1)))
        .isEqualTo(new Attempt(root(1).id(), 1, StateName.RUNNING, NOON, null));
  }

  @Test
  void endsWithItsRun() {
    assertThat(Attempt.currentOf(ended(root(1), StateName.FAILED)))
        .isEqualTo(new Attempt(root(1).id(), 1, StateName.FAILED, NOON, NOON.plusSeconds(60)));
  }

  @Test
  void beginsWhenItIsFirstHeardOfWhenItIsALaterOne() {
    var later = NOON.plusSeconds(90);
    var again =
        ended(root(1), StateName.FAILED)
            .report(
                new RunReport(
                    new RunState.Running(),
                    Set.of(StateName.RUNNING),
                    2,
                    Reporter.EXECUTOR,
                    later));

    assertThat(Attempt.currentOf(again))
        .isEqualTo(new Attempt(root(1).id(), 2, StateName.RUNNING, later, null));
  }
}
