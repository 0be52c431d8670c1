package dev.runs.application.tree;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.UseCaseTest;
import dev.runs.application.tree.TraceFailure.Step;
import dev.runs.application.tree.TraceFailure.Trace;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Finding what a failure came from. */
final class TraceFailureTest extends UseCaseTest {

  private final Run root = root(1);
  private final Run left = child(root, 2);
  private final Run right = child(root, 3);
  private final Run deep = child(right, 4);

  private final TraceFailure traceFailure =
      new TraceFailure(world.runs(), world.runTree(), world.shownActions(), world.transactions());

  @Test
  void goesDownToTheChildThatFailedFirst() {
    var failedDeep = failed(deep, 1, "no such table");
    var failedRight = failed(right, 2, "a child failed");
    var failedLeft = failed(left, 3, "stopped");
    var failedRoot = failed(root, 4, "2 of 2 failed");
    add(failedRoot, failedLeft, failedRight, failedDeep);

    assertThat(traceFailure.trace(OF_ACME, root.id()))
        .contains(
            new Trace(
                List.of(
                    step(failedRoot, "2 of 2 failed"),
                    step(failedRight, "a child failed"),
                    step(failedDeep, "no such table"))));
    assertThat(traceFailure.trace(OF_ACME, left.id()).orElseThrow().cause())
        .isEqualTo(step(failedLeft, "stopped"));
  }

  @Test
  void staysAtARunWhoseChildrenAllSucceeded() {
    var failedRoot = failed(root, 4, "too late");
    add(failedRoot, left.ended(new RunState.Succeeded(NOON)));

    assertThat(traceFailure.trace(OF_ACME, root.id()).orElseThrow().steps())
        .containsExactly(step(failedRoot, "too late"));
  }

  @Test
  void saysNothingOfAFailureOfWhichNothingWasSaid() {
    var timedOut = root.ended(new RunState.TimedOut(NOON));
    add(timedOut);

    assertThat(traceFailure.trace(OF_ACME, root.id()).orElseThrow().cause())
        .isEqualTo(new Step(timedOut, Optional.empty()));
  }

  @Test
  void tracesNothingOfARunThatDidNotFail() {
    add(root, failed(left, 1, "alone"));

    assertThat(traceFailure.trace(OF_ACME, root.id())).isEmpty();
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> traceFailure.trace(OF_GLOBEX, root.id()));
  }

  private static Step step(Run run, String error) {
    return new Step(run, Optional.of(error));
  }

  private static Run failed(Run run, int second, String why) {
    Instant at = NOON.plusSeconds(second);
    return run.ended(new RunState.Failed(at, new RunFailure(RunFailure.Kind.USER, why)));
  }
}
