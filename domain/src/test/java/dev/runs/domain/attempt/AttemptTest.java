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
    var attempt = Attempt.currentOf(root(1));

    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.phase()).isEqualTo(StateName.RUNNING);
    assertThat(attempt.startedAt()).isEqualTo(NOON);
    assertThat(attempt.endedAt()).isNull();
    assertThat(attempt.worker()).isNull();
  }

  @Test
  void endsWithItsRun() {
    var attempt = Attempt.currentOf(ended(root(1), StateName.FAILED));

    assertThat(attempt.phase()).isEqualTo(StateName.FAILED);
    assertThat(attempt.startedAt()).isEqualTo(NOON);
    assertThat(attempt.endedAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(attempt.failure()).isNotNull();
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

    var attempt = Attempt.currentOf(again);

    assertThat(attempt.number()).isEqualTo(2);
    assertThat(attempt.startedAt()).isEqualTo(later);
  }
}
