package dev.runs.application.run;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.UseCaseTest;
import dev.runs.domain.access.Reach;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.event.EventType;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFixtures;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReportRunTest extends UseCaseTest {

  private final Run root = root(1);
  private final Run run = child(root, 2);

  @BeforeEach
  void plant() {
    add(root);
    world.write(() -> {
      world.runs().addAll(List.of(run));
      world.ledger().add(Delta.ofCreated(run));
    });
  }

  @Test
  void endsARunAtTheInstantAtWhichItHears() {
    clock.advance(Duration.ofMinutes(3));

    var ended = report(world.runs(), StateName.SUCCEEDED);

    assertThat(ended.endedAt()).isEqualTo(NOON.plusSeconds(180));
    assertThat(world.runs().get(Reach.everywhere(), run.id())).isEqualTo(ended);
    assertThat(rollup(root).descendants()).isEqualTo(Map.of(StateName.SUCCEEDED, 1L));
    assertThat(toldTypes()).containsExactly(EventType.SUCCEEDED);
    assertThat(told().getFirst().event().details())
        .isEqualTo(Map.of("from", "running", "state", "succeeded"));
  }

  @Test
  void changesNothingWhenTheSameIsReportedAgain() {
    var ended = report(world.runs(), StateName.SUCCEEDED);
    clock.advance(Duration.ofMinutes(3));

    assertThat(report(world.runs(), StateName.SUCCEEDED)).isEqualTo(ended);

    assertThat(toldTypes()).hasSize(1);
    assertThat(rollup(root).descendantCount()).isEqualTo(1);
  }

  @Test
  void refusesAnotherEndAndTellsNobody() {
    report(world.runs(), StateName.SUCCEEDED);

    assertThatExceptionOfType(RunRejected.IllegalMove.class)
        .isThrownBy(() -> report(world.runs(), StateName.FAILED));

    assertThat(toldTypes()).hasSize(1);
  }

  @Test
  void findsNoRunBeyondTheCallersReach() {
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() ->
            reportRun(world.runs())
                .report(OF_GLOBEX, run.id(), at -> RunFixtures.report(StateName.FAILED, at)));
  }

  @Test
  void weighsTheReportAgainWhenSomebodyElseWasQuicker() {
    var runs = new Contended(world.runs(), 9);

    assertThat(report(runs, StateName.FAILED).stateName()).isEqualTo(StateName.FAILED);
  }

  @Test
  void givesUpWhenSomebodyElseIsAlwaysQuicker() {
    var runs = new Contended(world.runs(), 10);

    assertThatExceptionOfType(RunRejected.ChangedMeanwhile.class)
        .isThrownBy(() -> report(runs, StateName.FAILED));
    assertThat(told()).isEmpty();
  }

  @Test
  void letsOneOfManyEndsCount() {
    var ends = List.of(StateName.SUCCEEDED, StateName.FAILED, StateName.CANCELED);

    var isTaken = AtOnce.with(6, i -> isTaken(ends.get(i % 3)));

    assertThat(isTaken.stream().filter(taken -> taken).count()).isEqualTo(2);
    assertThat(toldTypes()).hasSize(1);
    assertThat(rollup(root).descendantCount()).isEqualTo(1);
  }

  private boolean isTaken(StateName end) {
    try {
      report(world.runs(), end);
      return true;
    } catch (RunRejected.IllegalMove e) {
      return false;
    }
  }

  private Run report(Runs runs, StateName state) {
    return reportRun(runs).report(PLATFORM, run.id(), at -> RunFixtures.report(state, at));
  }

  private ReportRun reportRun(Runs runs) {
    return new ReportRun(
        runs,
        new ReportWriter(
            runs,
            world.ledger(),
            world.runEvents(),
            EndedRuns.UNHEARD,
            new SuccessReports(world.validations()),
            world.transactions()),
        world.transactions(),
        clock);
  }

  /** Runs that somebody else changes just before they are saved. */
  private static final class Contended implements Runs {

    private final Runs runs;
    private int left;

    Contended(Runs runs, int times) {
      this.runs = runs;
      this.left = times;
    }

    @Override
    public void save(Run run) {
      if (left > 0) {
        left--;
        throw new RunRejected.ChangedMeanwhile(run.id());
      }
      runs.save(run);
    }

    @Override
    public void addAll(List<Run> added) {
      runs.addAll(added);
    }

    @Override
    public void saveAll(List<Run> saved, List<Attempt> attempts) {
      runs.saveAll(saved, attempts);
    }

    @Override
    public Optional<Run> find(Reach reach, RunId id) {
      return runs.find(reach, id);
    }

    @Override
    public Map<RunId, Run> findAll(Reach reach, Collection<RunId> ids) {
      return runs.findAll(reach, ids);
    }
  }
}
