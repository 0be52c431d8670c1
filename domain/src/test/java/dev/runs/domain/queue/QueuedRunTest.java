package dev.runs.domain.queue;

import static dev.runs.domain.queue.QueueFixtures.TOKEN;
import static dev.runs.domain.queue.QueueFixtures.WORKER;
import static dev.runs.domain.queue.QueueFixtures.waiting;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.queue.QueuedRun.Step;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunFailure.Kind;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class QueuedRunTest {

  private static final Outcome DONE =
      new Outcome.Succeeded(Optional.of(new OutputRef("s3://out/1")), Optional.empty());
  private static final Outcome BROKEN = new Outcome.Failed("broken", true, Kind.USER);

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void isInNoAttemptUntilItIsClaimed() {
    var waiting = waiting(1, 3);

    assertThat(waiting.run().attempt()).isZero();
    assertThat(waiting.run().stateName()).isEqualTo(StateName.QUEUED);
    assertThat(waiting.run().startedAt()).isNull();
    assertThat(waiting.job().claim()).isEmpty();
  }

  @Test
  void opensItsFirstAttemptWhenItIsClaimed() {
    var step = waiting(1, 3).claim(WORKER, NOON.plusSeconds(5));

    assertThat(step.after().run().attempt()).isEqualTo(1);
    assertThat(step.after().run().stateName()).isEqualTo(StateName.RUNNING);
    assertThat(step.after().run().startedAt()).isEqualTo(NOON.plusSeconds(5));
    assertThat(step.after().job().claim()).contains(new Job.Claim(WORKER, NOON.plusSeconds(5)));
    assertThat(step.attempt().map(Attempt::worker)).contains(WORKER.value());
    assertThat(step.retryIn()).isEmpty();
  }

  @Test
  void isNotClaimedTwice() {
    var claimed = claimed(waiting(1, 3));

    assertThatExceptionOfType(RunRejected.IllegalMove.class)
        .isThrownBy(() -> claimed.claim(WORKER, NOON));
  }

  @Test
  void succeedsWithItsOutput() {
    var step = end(claimed(waiting(1, 3)), DONE);

    assertThat(step.after().run().stateName()).isEqualTo(StateName.SUCCEEDED);
    assertThat(step.after().job().outputRef()).contains(new OutputRef("s3://out/1"));
    assertThat(step.after().job().error()).isEmpty();
    assertThat(step.attempt().map(Attempt::phase)).contains(StateName.SUCCEEDED);
    assertThat(step.attempt().map(Attempt::outputRef)).contains("s3://out/1");
  }

  @Test
  void waitsAgainAfterAFailureWhileAttemptsAreLeft() {
    var step = end(claimed(waiting(1, 2)), BROKEN);

    assertThat(step.after().run().stateName()).isEqualTo(StateName.QUEUED);
    assertThat(step.after().run().attempt()).isEqualTo(1);
    assertThat(step.after().job().spentAttempts()).isEqualTo(1);
    assertThat(step.after().job().claim()).isEmpty();
    assertThat(step.after().job().error()).contains("broken");
    assertThat(step.retryIn()).isPresent();
    assertThat(step.attempt().map(Attempt::phase)).contains(StateName.FAILED);
    assertThat(step.attempt().map(Attempt::failure)).contains(new RunFailure(Kind.USER, "broken"));
  }

  @Test
  void failsWhenItsAttemptsAreSpent() {
    var again = end(claimed(waiting(1, 2)), BROKEN).after();
    var step = end(claimed(again), BROKEN);

    assertThat(step.after().run().state())
        .isEqualTo(new RunState.Failed(NOON.plusSeconds(60), new RunFailure(Kind.USER, "broken")));
    assertThat(step.after().run().attempt()).isEqualTo(2);
    assertThat(step.retryIn()).isEmpty();
  }

  @Test
  void failsAtOnceWhenTheFailureIsNotWorthAnotherAttempt() {
    var step = end(claimed(waiting(1, 5)), new Outcome.Failed("never", false, Kind.USER));

    assertThat(step.after().run().stateName()).isEqualTo(StateName.FAILED);
  }

  @Test
  void neverTriesAVerdictAgain() {
    var step = end(claimed(waiting(1, 5)), new Outcome.Failed("no", true, Kind.VERDICT));

    assertThat(step.after().run().stateName()).isEqualTo(StateName.FAILED);
  }

  @Test
  void forgetsItsErrorWhenItSucceedsLater() {
    var again = end(claimed(waiting(1, 2)), BROKEN).after();

    assertThat(end(claimed(again), DONE).after().job().error()).isEmpty();
  }

  @Test
  void doesNotCountAReleasedAttempt() {
    var step = end(claimed(waiting(1, 1)), new Outcome.Released());

    assertThat(step.after().run().stateName()).isEqualTo(StateName.QUEUED);
    assertThat(step.after().job().spentAttempts()).isZero();
    assertThat(step.retryIn()).contains(Duration.ZERO);
    assertThat(step.attempt().map(Attempt::isReleased)).contains(true);
    assertThat(claimed(step.after()).run().attempt()).isEqualTo(2);
  }

  @Test
  void failsAsLostWhenItsLastWorkerDied() {
    var step = take(claimed(waiting(1, 1)), new Outcome.Lost());

    assertThat(step.after().run().state())
        .isInstanceOfSatisfying(
            RunState.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.LOST));
  }

  @Test
  void waitsAgainWhenAWorkerDiedAndAttemptsAreLeft() {
    var step = take(claimed(waiting(1, 2)), new Outcome.Lost());

    assertThat(step.after().run().stateName()).isEqualTo(StateName.QUEUED);
    assertThat(step.retryIn()).isPresent();
  }

  @Test
  void endsWhenAnAttemptTakesTooLong() {
    var step = take(claimed(waiting(1, 5)), new Outcome.TimedOut());

    assertThat(step.after().run().stateName()).isEqualTo(StateName.TIMED_OUT);
  }

  @Test
  void isCanceledAtOnceWhileItWaits() {
    var step = waiting(1, 3).cancelWaiting(NOON.plusSeconds(1));

    assertThat(step.after().run().stateName()).isEqualTo(StateName.CANCELED);
    assertThat(step.after().job().cancelRequestedAt()).contains(NOON.plusSeconds(1));
    assertThat(step.attempt()).isEmpty();
  }

  @Test
  void isCanceledWhenItsWorkerGivesUpAfterBeingAsked() {
    for (var gaveUp :
        new Outcome[] {BROKEN, new Outcome.Released(), new Outcome.Lost(), new Outcome.Stopped()}) {
      var asked = claimed(waiting(1, 3)).requestCancel(NOON.plusSeconds(30));

      assertThat(end(asked, gaveUp).after().run().stateName()).isEqualTo(StateName.CANCELED);
    }
  }

  @Test
  void succeedsWhenItsWorkIsDoneAllTheSame() {
    var asked = claimed(waiting(1, 3)).requestCancel(NOON.plusSeconds(30));

    assertThat(end(asked, DONE).after().run().stateName()).isEqualTo(StateName.SUCCEEDED);
  }

  @Test
  void keepsTheFirstMomentAtWhichItWasAskedToStop() {
    var asked = claimed(waiting(1, 3)).requestCancel(NOON.plusSeconds(30));

    assertThat(asked.requestCancel(NOON.plusSeconds(40)).job().cancelRequestedAt())
        .contains(NOON.plusSeconds(30));
  }

  @Test
  void knowsAReportThatItsWorkerMadeBefore() {
    var done = end(claimed(waiting(1, 3)), DONE).after();

    assertThat(done.repeats(DONE, 1, TOKEN)).isTrue();
    assertThat(done.repeats(BROKEN, 1, TOKEN)).isFalse();
    assertThat(done.repeats(DONE, 2, TOKEN)).isFalse();
    assertThat(done.repeats(DONE, 1, new LeaseToken(uuid(7)))).isFalse();
  }

  @Test
  void knowsNoReportOfAWorkerWhoseLeaseWasTaken() {
    var lost = take(claimed(waiting(1, 3)), new Outcome.Lost()).after();

    assertThat(lost.repeats(BROKEN, 1, TOKEN)).isFalse();
    assertThat(lost.repeats(DONE, 1, TOKEN)).isFalse();
  }

  @Test
  void knowsNoReportOfAnEarlierAttempt() {
    var again = claimed(end(claimed(waiting(1, 3)), BROKEN).after());

    assertThat(again.repeats(BROKEN, 1, TOKEN)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = StateName.class,
      names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELED"})
  void isNotEndedTwice(StateName state) {
    var ended =
        switch (state) {
          case SUCCEEDED -> end(claimed(waiting(1, 1)), DONE).after();
          case FAILED -> end(claimed(waiting(1, 1)), BROKEN).after();
          case TIMED_OUT -> take(claimed(waiting(1, 1)), new Outcome.TimedOut()).after();
          default -> take(claimed(waiting(1, 1)), new Outcome.Stopped()).after();
        };

    assertThat(ended.run().stateName()).isEqualTo(state);
    assertThatExceptionOfType(RunRejected.IllegalMove.class).isThrownBy(() -> end(ended, DONE));
    assertThatExceptionOfType(RunRejected.IllegalMove.class).isThrownBy(() -> end(ended, BROKEN));
    assertThatExceptionOfType(RunRejected.IllegalMove.class)
        .isThrownBy(() -> ended.cancelWaiting(NOON));
  }

  private static QueuedRun claimed(QueuedRun waiting) {
    return waiting.claim(WORKER, NOON.plusSeconds(5)).after();
  }

  private Step end(QueuedRun queued, Outcome outcome) {
    return queued.end(outcome, Optional.of(TOKEN), Backoff.USUAL, random, NOON.plusSeconds(60));
  }

  private Step take(QueuedRun queued, Outcome outcome) {
    return queued.end(outcome, Optional.empty(), Backoff.USUAL, random, NOON.plusSeconds(60));
  }
}
