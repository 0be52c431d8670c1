package dev.runs.domain.run;

import static dev.runs.domain.Seeded.oneOf;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.Seeded;
import dev.runs.domain.run.RunReport.Reporter;
import dev.runs.domain.run.RunTransition.Mover;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every run, whatever is reported on it. */
final class RunLifePropertyTest {

  private static final Instant LATER = NOON.plusSeconds(60);

  /** Words of surfaces: each is the set of the states that read alike. */
  private static final List<Set<StateName>> WORDS =
      List.of(
          EnumSet.range(StateName.PENDING, StateName.PAUSED),
          EnumSet.of(StateName.PENDING, StateName.QUEUED),
          EnumSet.of(StateName.SUCCEEDED),
          EnumSet.of(StateName.FAILED, StateName.TIMED_OUT, StateName.CANCELED));

  @Test
  void holdsForEveryPairOfStatesEveryReporterAndEveryAttempt() {
    for (var from : StateName.values()) {
      for (var to : StateName.values()) {
        for (var reporter : Reporter.values()) {
          for (var attempt = 0; attempt <= 4; attempt++) {
            for (var alike : vocabularies(to)) {
              var report = new RunReport(state(to, LATER), alike, attempt, reporter, LATER);
              assertHolds(RunTest.in(from, 2), report);
              assertHolds(RunTest.with(RunTest.in(from, 2), Dispatch.QUEUED), report);
            }
          }
        }
      }
    }
  }

  @Test
  void holdsThroughoutALife() {
    Seeded.check(
        200,
        random -> {
          var run = root(1);
          for (var i = 1; i <= 40; i++) {
            run = assertHolds(run, report(NOON.plusSeconds(i), random));
          }
        });
  }

  /** Whatever comes late, twice or in another order within an attempt, the furthest counts. */
  @Test
  void comesToTheSameStateInWhateverOrderLiveReportsArrive() {
    var live = new ArrayList<>(EnumSet.range(StateName.PENDING, StateName.RUNNING));
    Seeded.check(
        200,
        random -> {
          var run = RunTest.in(StateName.PENDING, 1);
          var furthest = StateName.PENDING;
          for (var i = 0; i < 10; i++) {
            var name = oneOf(live, random);
            furthest = name.compareTo(furthest) > 0 ? name : furthest;
            run = run.report(RunReport.byClient(state(name, LATER), Set.of(name), LATER));
            assertThat(run.stateName()).isEqualTo(furthest);
          }
        });
  }

  /** Gives the run as it is after the report, if it was taken. */
  private static Run assertHolds(Run before, RunReport report) {
    var after = reported(before, report);
    var described =
        "%s %s at attempt %d after %s"
            .formatted(before.dispatch(), before.stateName(), before.attempt(), report);
    if (after == null) {
      assertThat(isRefusedRightly(before, report)).as(described).isTrue();
      return before;
    }
    if (after.equals(before)) {
      assertThat(saysNothingNew(before, report)).as(described).isTrue();
      return before;
    }
    assertThat(after.version()).as(described).isEqualTo(before.version() + 1);
    assertThat(after.attempt()).as(described).isGreaterThanOrEqualTo(before.attempt());
    assertThat(after.state()).as(described).isEqualTo(report.state());
    assertThat(after.path()).isEqualTo(before.path());
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after.updatedAt()).isEqualTo(report.at());
    assertThat(before.dispatch()).as(described).isEqualTo(Dispatch.TRACKED);
    assertThat(isInTheTable(before, after, report)).as(described).isTrue();
    assertThat(after.report(sameAgain(report))).as("%s, again", described).isEqualTo(after);
    return after;
  }

  private static @Nullable Run reported(Run run, RunReport report) {
    try {
      return run.report(report);
    } catch (RunRejected.IllegalMove | RunRejected.LeasedElsewhere e) {
      return null;
    }
  }

  private static boolean opensAttempt(Run before, RunReport report) {
    return report.reporter() == Reporter.EXECUTOR && report.attempt() > before.attempt();
  }

  private static boolean isRefusedRightly(Run before, RunReport report) {
    var isTheSame = report.alike().contains(before.stateName());
    var isFinal =
        before.stateName() == StateName.SUCCEEDED || before.stateName() == StateName.CANCELED;
    return before.dispatch() == Dispatch.QUEUED
        ? !isTheSame || opensAttempt(before, report)
        : !(isTheSame && (!opensAttempt(before, report) || isFinal));
  }

  private static boolean saysNothingNew(Run before, RunReport report) {
    var isLate = report.attempt() > 0 && report.attempt() < before.attempt();
    var isBehind =
        report.state().name().isLive()
            && before.stateName().isLive()
            && report.state().name().compareTo(before.stateName()) < 0;
    return isLate || isBehind || report.alike().contains(before.stateName());
  }

  private static boolean isInTheTable(Run before, Run after, RunReport report) {
    var from = before.stateName();
    var to = after.stateName();
    if (!opensAttempt(before, report)) {
      return after.attempt() == before.attempt() && RunTransition.isAllowed(from, to, Mover.REPORT);
    }
    var again = to.isTerminal() ? StateName.RUNNING : to;
    return after.attempt() == report.attempt()
        && ((from == to && from.isLive())
            || RunTransition.isAllowed(from, to, Mover.REPORT)
            || RunTransition.isAllowed(from, again, Mover.NEXT_ATTEMPT));
  }

  private static RunReport sameAgain(RunReport report) {
    return new RunReport(
        report.state(),
        report.alike(),
        report.attempt(),
        report.reporter(),
        report.at().plusSeconds(1));
  }

  private static RunReport report(Instant at, RandomGenerator random) {
    var name = oneOf(List.of(StateName.values()), random);
    return new RunReport(
        state(name, at),
        oneOf(vocabularies(name), random),
        random.nextInt(5),
        oneOf(List.of(Reporter.values()), random),
        at);
  }

  private static List<Set<StateName>> vocabularies(StateName name) {
    var vocabularies = new ArrayList<Set<StateName>>();
    vocabularies.add(Set.of(name));
    WORDS.stream().filter(word -> word.contains(name)).forEach(vocabularies::add);
    return vocabularies;
  }
}
