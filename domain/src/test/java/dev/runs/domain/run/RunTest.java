package dev.runs.domain.run;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.report;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runs.domain.run.RunReport.Reporter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RunTest {

  private static final Instant LATER = NOON.plusSeconds(60);

  @Nested
  final class WhenNew {

    @Test
    void isRunningInItsFirstAttempt() {
      var run = root(1);

      assertThat(run.stateName()).isEqualTo(StateName.RUNNING);
      assertThat(run.attempt()).isEqualTo(1);
      assertThat(run.startedAt()).isEqualTo(NOON);
      assertThat(run.endedAt()).isNull();
      assertThat(run.version()).isEqualTo(1);
    }

    @Test
    void hasTheParentThatItsPathSays() {
      assertThat(root(1).parent()).isNull();
      assertThat(child(root(1), 2).parent()).isEqualTo(root(1).id());
    }

    @Test
    void isOfTheLaterFormWhenItSaysForWhichAppItIs() {
      assertThat(root(1).isOfLaterForm()).isFalse();
      assertThat(labeled(new RunLabels("app", null, null)).isOfLaterForm()).isTrue();
      assertThat(labeled(new RunLabels(null, "brand", null)).isOfLaterForm()).isFalse();
    }

    private Run labeled(RunLabels labels) {
      return Run.tracked(
          root(1).path(),
          ACME.id(),
          RunSpace.DEFAULT,
          new RunName("r"),
          SEARCH,
          labels,
          null,
          NOON);
    }
  }

  @Nested
  final class WhenReportedOn {

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELED"})
    void endsAtTheInstantOfTheReport(StateName end) {
      var run = ended(root(1), end);

      assertThat(run.stateName()).isEqualTo(end);
      assertThat(run.endedAt()).isEqualTo(LATER);
      assertThat(run.updatedAt()).isEqualTo(LATER);
      assertThat(run.startedAt()).isEqualTo(NOON);
      assertThat(run.version()).isEqualTo(2);
    }

    @Test
    void keepsWhyItFailed() {
      var failure = new RunFailure(RunFailure.Kind.SYSTEM, "the disk was full");
      var failed = new RunState.Failed(LATER, failure);

      var run = root(1).report(RunReport.byClient(failed, Set.of(StateName.FAILED), LATER));

      assertThat(run.state()).isEqualTo(failed);
    }

    @Test
    void staysTheSameWhenTheSameIsReportedAgain() {
      var run = ended(root(1), StateName.SUCCEEDED);

      assertThat(run.report(report(StateName.SUCCEEDED, NOON.plusSeconds(99)))).isSameAs(run);
    }

    @Test
    void staysTheSameWhenTheReportReadsLikeItsState() {
      var run = ended(root(1), StateName.CANCELED);
      var alike = EnumSet.of(StateName.FAILED, StateName.TIMED_OUT, StateName.CANCELED);
      var failed = RunReport.byClient(state(StateName.FAILED, LATER), alike, LATER);

      assertThat(run.report(failed)).isSameAs(run);
    }

    @Test
    void refusesAnotherEnd() {
      var run = ended(root(1), StateName.SUCCEEDED);

      assertThatExceptionOfType(RunRejected.IllegalMove.class)
          .isThrownBy(() -> run.report(report(StateName.FAILED)))
          .satisfies(refused -> {
            assertThat(refused.currentState()).isEqualTo(StateName.SUCCEEDED);
            assertThat(refused.allowedTransitions()).isEmpty();
            assertThat(refused)
                .hasMessage("Run %s is succeeded and cannot become failed.", run.id());
          });
    }

    @Test
    void refusesToRunAgain() {
      assertThatExceptionOfType(RunRejected.IllegalMove.class)
          .isThrownBy(() -> ended(root(1), StateName.FAILED).report(report(StateName.RUNNING)));
    }

    @Test
    void staysWhereItGotFurthest() {
      var run = root(1);

      assertThat(run.report(report(StateName.INITIALIZING))).isSameAs(run);
      assertThat(run.report(report(StateName.PENDING))).isSameAs(run);
    }

    @Test
    void runsAgainAfterAPauseAndPausesAgain() {
      var paused = ended(root(1), StateName.PAUSED);
      var resumed = paused.report(report(StateName.RUNNING));
      var pausedAgain = resumed.report(report(StateName.PAUSED));

      assertThat(paused.stateName()).isEqualTo(StateName.PAUSED);
      assertThat(resumed.stateName()).isEqualTo(StateName.RUNNING);
      assertThat(pausedAgain.stateName()).isEqualTo(StateName.PAUSED);
      assertThat(paused.report(report(StateName.INITIALIZING))).isSameAs(paused);
    }

    @Test
    void startsWhenItIsFirstReportedToRun() {
      var pending = in(StateName.PENDING, 1);

      var running = pending.report(report(StateName.RUNNING));
      var resumed =
          running
              .report(report(StateName.PAUSED))
              .report(report(StateName.RUNNING, LATER.plusSeconds(1)));

      assertThat(running.startedAt()).isEqualTo(LATER);
      assertThat(resumed.startedAt()).isEqualTo(LATER);
    }

    @Test
    void mayEndWithoutHavingStarted() {
      var run = in(StateName.QUEUED, 1).report(report(StateName.SUCCEEDED));

      assertThat(run.stateName()).isEqualTo(StateName.SUCCEEDED);
      assertThat(run.startedAt()).isNull();
    }
  }

  @Nested
  final class WhenAnExecutorCountsItsAttempts {

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "TIMED_OUT"})
    void reopensForALaterAttempt(StateName end) {
      var run = ended(root(1), end).report(attempt(2, StateName.RUNNING, Reporter.EXECUTOR));

      assertThat(run.stateName()).isEqualTo(StateName.RUNNING);
      assertThat(run.attempt()).isEqualTo(2);
      assertThat(run.endedAt()).isNull();
      assertThat(run.startedAt()).isEqualTo(NOON);
      assertThat(run.version()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, SUCCEEDED", "FAILED, FAILED", "TIMED_OUT, CANCELED"})
    void endsAgainWithALaterAttemptInOneStep(StateName before, StateName after) {
      var run = ended(root(1), before).report(attempt(2, after, Reporter.EXECUTOR));

      assertThat(run.stateName()).isEqualTo(after);
      assertThat(run.attempt()).isEqualTo(2);
      assertThat(run.version()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "CANCELED"})
    void neverReopensAfterAGoodEndOrACancel(StateName end) {
      assertThatExceptionOfType(RunRejected.IllegalMove.class)
          .isThrownBy(
              () -> ended(root(1), end).report(attempt(2, StateName.RUNNING, Reporter.EXECUTOR)));
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "CANCELED"})
    void staysTheSameWhenALaterAttemptSaysTheSame(StateName end) {
      var run = ended(root(1), end);

      assertThat(run.report(attempt(2, end, Reporter.EXECUTOR))).isSameAs(run);
    }

    @Test
    void startsOverInALaterAttempt() {
      var run = root(1).report(attempt(2, StateName.QUEUED, Reporter.EXECUTOR));

      assertThat(run.stateName()).isEqualTo(StateName.QUEUED);
      assertThat(run.attempt()).isEqualTo(2);
    }

    @Test
    void countsALaterAttemptInTheSameState() {
      var run = root(1).report(attempt(4, StateName.RUNNING, Reporter.EXECUTOR));

      assertThat(run.stateName()).isEqualTo(StateName.RUNNING);
      assertThat(run.attempt()).isEqualTo(4);
      assertThat(run.version()).isEqualTo(2);
    }

    @Test
    void hearsNothingNewOfAnEarlierAttempt() {
      var run = root(1).report(attempt(2, StateName.RUNNING, Reporter.EXECUTOR));

      assertThat(run.report(attempt(1, StateName.FAILED, Reporter.EXECUTOR))).isSameAs(run);
      assertThat(run.report(attempt(1, StateName.SUCCEEDED, Reporter.CLIENT))).isSameAs(run);
    }

    @Test
    void reopensForNobodyElse() {
      var failed = ended(root(1), StateName.FAILED);

      assertThatExceptionOfType(RunRejected.IllegalMove.class)
          .isThrownBy(() -> failed.report(attempt(2, StateName.RUNNING, Reporter.CLIENT)));
      assertThatExceptionOfType(RunRejected.IllegalMove.class)
          .isThrownBy(() -> failed.report(attempt(1, StateName.RUNNING, Reporter.EXECUTOR)));
      assertThatExceptionOfType(RunRejected.IllegalMove.class)
          .isThrownBy(() -> failed.report(attempt(0, StateName.RUNNING, Reporter.EXECUTOR)));
    }
  }

  @Nested
  final class WhenQueuedHere {

    @Test
    void isEndedByNobodyWithoutItsLease() {
      var run = queued();

      assertThatExceptionOfType(RunRejected.LeasedElsewhere.class)
          .isThrownBy(() -> run.report(report(StateName.SUCCEEDED)));
      assertThatExceptionOfType(RunRejected.LeasedElsewhere.class)
          .isThrownBy(() -> run.report(attempt(1, StateName.RUNNING, Reporter.EXECUTOR)));
    }

    @Test
    void staysTheSameWhenTheReportReadsLikeItsState() {
      assertThat(queued().report(report(StateName.QUEUED))).isEqualTo(queued());
    }

    private Run queued() {
      return with(in(StateName.QUEUED, 0), Dispatch.QUEUED);
    }
  }

  @Nested
  final class AReport {

    @Test
    void readsAsItself() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> RunReport.byClient(new RunState.Running(), Set.of(StateName.SUCCEEDED), NOON));
    }

    @Test
    void countsAttemptsFromOne() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> attempt(-1, StateName.RUNNING, Reporter.EXECUTOR));
    }
  }

  private static RunReport attempt(int attempt, StateName name, Reporter reporter) {
    return new RunReport(state(name, LATER), Set.of(name), attempt, reporter, LATER);
  }

  /** A tracked run in a state, which has not started when the state comes before running. */
  static Run in(StateName name, int attempt) {
    var run = root(1);
    return new Run(
        run.path(),
        run.organization(),
        run.space(),
        run.name(),
        run.origin(),
        run.labels(),
        run.user(),
        Dispatch.TRACKED,
        state(name, NOON),
        attempt,
        name.compareTo(StateName.RUNNING) < 0 ? null : NOON,
        NOON,
        NOON,
        1);
  }

  static Run with(Run run, Dispatch dispatch) {
    return new Run(
        run.path(),
        run.organization(),
        run.space(),
        run.name(),
        run.origin(),
        run.labels(),
        run.user(),
        dispatch,
        run.state(),
        run.attempt(),
        run.startedAt(),
        run.createdAt(),
        run.updatedAt(),
        run.version());
  }
}
