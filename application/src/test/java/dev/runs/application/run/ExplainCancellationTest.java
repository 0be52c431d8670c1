package dev.runs.application.run;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.application.run.EndReasons.EndReason;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why a run was canceled, and by whom. */
final class ExplainCancellationTest extends UseCaseTest {

  private final ExplainCancellation explainCancellation =
      new ExplainCancellation(world.endReasons());

  @Test
  void saysWhatWasSaid() {
    var canceled = root(1).ended(new RunState.Canceled(NOON));
    give(canceled, "Not needed any more.");

    assertThat(explainCancellation.explain(OF_ACME, canceled))
        .contains(new EndReason("Not needed any more.", ACTOR));
    assertThat(explainCancellation.explain(OF_GLOBEX, canceled)).isEmpty();
  }

  @Test
  void saysNothingOfRunsThatWereNotCanceledOrOfWhichNothingWasSaid() {
    var going = root(1);
    give(going, "It will be canceled.");

    assertThat(explainCancellation.explain(OF_ACME, going)).isEmpty();
    assertThat(explainCancellation.explain(OF_ACME, root(2).ended(new RunState.Canceled(NOON))))
        .isEmpty();
  }

  private void give(Run run, String reason) {
    add(run);
    world.write(() -> world.endReasons().addAll(List.of(run.id()), reason, ACTOR));
  }
}
