package dev.runs.application.run;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static dev.runs.domain.run.RunFixtures.runId;
import static dev.runs.domain.run.RunFixtures.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.Dispatch;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store of runs promises. */
public abstract class RunsContract extends StoresContract {

  @ParameterizedTest
  @EnumSource
  void givesBackARunInAnyStateAsItWas(StateName name) {
    var run =
        new Run(
            root(1).path(),
            ACME.id(),
            new RunSpace(new Slug("crawl"), "staging"),
            new RunName("héllo '\"%\\ 𝄞"),
            new RunOrigin("service \"é\"", "task\n𝄞"),
            new RunLabels("app", "brand", "campaign"),
            ADA.id(),
            Dispatch.TRACKED,
            state(name, NOON.plusNanos(123_456_000)),
            3,
            NOON.plusNanos(999_999_000),
            NOON.minusSeconds(1),
            NOON.plusNanos(1_000),
            17);

    add(run);

    assertThat(found(run.id())).isEqualTo(run);
  }

  @Test
  void givesBackARunWithNothingThatMayBeAbsent() {
    var run =
        new Run(
            root(1).path(),
            ACME.id(),
            RunSpace.DEFAULT,
            new RunName("a"),
            new RunOrigin("s", "t"),
            RunLabels.NONE,
            null,
            Dispatch.QUEUED,
            new RunState.Queued(),
            0,
            null,
            NOON,
            NOON,
            1);

    add(run);

    assertThat(found(run.id())).isEqualTo(run);
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhyARunFailed(RunFailure.Kind kind) {
    var failed = new RunState.Failed(NOON, new RunFailure(kind, "because of 'it'"));
    var run = root(1).report(RunReport.byClient(failed, Set.of(StateName.FAILED), NOON));

    add(run);

    assertThat(found(run.id()).state()).isEqualTo(failed);
  }

  @Test
  void findsOnlyWhatIsWithinReach() {
    add(root(1), rootOf(GLOBEX.id(), 2));

    var reach = Reach.within(ACME.id());

    assertThat(stores().runs().find(reach, runId(1))).contains(root(1));
    assertThat(stores().runs().find(reach, runId(2))).isEmpty();
    assertThat(stores().runs().find(Reach.everywhere(), runId(2))).isPresent();
    assertThat(stores().runs().find(Reach.everywhere(), runId(3))).isEmpty();
  }

  @Test
  void findsThoseOfManyThatAreWithinReach() {
    add(root(1), child(root(1), 2), rootOf(GLOBEX.id(), 3));
    var asked = List.of(runId(1), runId(2), runId(3), runId(4));

    assertThat(stores().runs().findAll(Reach.within(ACME.id()), asked))
        .containsOnlyKeys(runId(1), runId(2))
        .containsEntry(runId(2), child(root(1), 2));
    assertThat(stores().runs().findAll(Reach.everywhere(), asked)).hasSize(3);
    assertThat(stores().runs().findAll(Reach.everywhere(), List.of())).isEmpty();
  }

  @Test
  void refusesToGetWhatCannotBeFound() {
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> stores().runs().get(Reach.everywhere(), runId(1)));
  }

  @Test
  void addsAThousandRunsAtOnce() {
    var runs = new ArrayList<Run>();
    runs.add(root(1));
    for (var i = 2; i <= 1_000; i++) {
      runs.add(child(runs.get((i - 2) / 3), i));
    }

    addAll(runs);

    var ids = runs.stream().map(Run::id).toList();
    assertThat(stores().runs().findAll(Reach.everywhere(), ids).values())
        .containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  void keepsARunAsDeepAsARunMayBe() {
    var runs = new ArrayList<>(List.of(root(1)));
    while (runs.size() < RunPath.DEEPEST) {
      runs.add(child(runs.getLast(), runs.size() + 1));
    }

    addAll(runs);

    assertThat(found(runId(RunPath.DEEPEST)).path().depth()).isEqualTo(RunPath.DEEPEST);
  }

  @Test
  void refusesAChildOfARunThatIsGone() {
    var orphan = child(root(1), 2);

    assertThatExceptionOfType(RunRejected.ParentNotFound.class)
        .isThrownBy(() -> stores().write(() -> stores().runs().addAll(List.of(orphan))))
        .satisfies(refused -> assertThat(refused.isLate()).isTrue());
    assertThat(isThere(orphan)).isFalse();
  }

  @Test
  void refusesTwoRootsOfOneNameInOnePlace() {
    add(named(root(1), "nightly"));

    assertNameIsTaken(named(root(2), "nightly"));
    assertThat(isThere(root(2))).isFalse();
  }

  @Test
  void letsRootsElsewhereHaveTheSameName() {
    var elsewhere = named(root(2), new RunSpace(new Slug("crawl"), "production"), "nightly");
    var staged = named(root(3), new RunSpace(new Slug("default"), "staging"), "nightly");
    var others = named(rootOf(GLOBEX.id(), 4), "nightly");

    add(named(root(1), "nightly"), elsewhere, staged, others);

    assertThat(List.of(elsewhere, staged, others)).allMatch(this::isThere);
  }

  @Test
  void refusesTwoRunsOfOneNameUnderOneRoot() {
    var child = named(child(root(1), 2), "step");
    add(root(1), child);

    assertNameIsTaken(named(child(root(1), 3), "step"));
    assertNameIsTaken(named(child(child, 4), "step"));
  }

  @Test
  void letsRunsOfOtherTreesHaveTheSameName() {
    add(root(1), root(2));

    add(named(child(root(1), 3), "step"), named(child(root(2), 4), "step"));

    assertThat(found(runId(4)).name()).isEqualTo(new RunName("step"));
  }

  @Test
  void addsNoneWhenOneCannotBeAdded() {
    add(named(root(1), "nightly"));

    assertThatExceptionOfType(Runs.NameTaken.class)
        .isThrownBy(() ->
            stores()
                .write(() -> stores().runs().addAll(List.of(root(2), named(root(3), "nightly")))));
    assertThat(isThere(root(2))).isFalse();
  }

  @Test
  void keepsTheLaterVersion() {
    add(root(1));

    var later = save(root(1), ended(root(1), StateName.SUCCEEDED));

    assertThat(found(later.id())).isEqualTo(later);
  }

  @Test
  void keepsNothingOfTheStateBefore() {
    var failed =
        new RunState.Failed(NOON, new RunFailure(RunFailure.Kind.SYSTEM, "the disk was full"));
    var run = root(1).report(RunReport.byClient(failed, Set.of(StateName.FAILED), NOON));
    add(run);

    var again =
        run.report(
            new RunReport(
                new RunState.Running(),
                Set.of(StateName.RUNNING),
                2,
                RunReport.Reporter.EXECUTOR,
                NOON.plusSeconds(9)));
    save(run, again);

    assertThat(found(run.id())).isEqualTo(again);
    assertThat(found(run.id()).endedAt()).isNull();
  }

  @Test
  void refusesAVersionThatIsNotTheNext() {
    add(root(1));
    var succeeded = save(root(1), ended(root(1), StateName.SUCCEEDED));

    assertIsRefused(ended(root(1), StateName.FAILED));
    assertIsRefused(succeeded);
    assertThat(found(runId(1))).isEqualTo(succeeded);
  }

  @Test
  void refusesToSaveARunThatIsNotThere() {
    assertIsRefused(ended(root(1), StateName.SUCCEEDED));
  }

  @Test
  void letsOneOfTwoWritersWin() {
    var ends = List.of(StateName.SUCCEEDED, StateName.FAILED, StateName.CANCELED);
    for (var round = 1; round <= 20; round++) {
      var run = root(round);
      add(run);

      var wins = AtOnce.with(ends.size(), i -> isSaved(ended(run, ends.get(i))));

      assertThat(wins).filteredOn(isWon -> isWon).hasSize(1);
      assertThat(found(run.id()).stateName()).isEqualTo(ends.get(wins.indexOf(true)));
    }
  }

  @Test
  void keepsTheLaterVersionsOfMany() {
    var runs = new ArrayList<Run>();
    for (var i = 1; i <= 300; i++) {
      runs.add(root(i));
    }
    addAll(runs);
    var later = runs.reversed().stream().map(run -> ended(run, StateName.FAILED)).toList();

    saveAll(later);

    assertThat(stores().runs().findAll(Reach.everywhere(), later.stream().map(Run::id).toList()))
        .hasSize(300)
        .containsValues(later.getFirst(), later.getLast());
    saveAll(List.of());
  }

  @Test
  void keepsNothingOfTheStateBeforeOfMany() {
    var failed = new RunState.Failed(NOON, new RunFailure(RunFailure.Kind.SYSTEM, "no disk"));
    var run = root(1).report(RunReport.byClient(failed, Set.of(StateName.FAILED), NOON));
    add(run);
    var again =
        run.report(
            new RunReport(
                new RunState.Running(),
                Set.of(StateName.RUNNING),
                2,
                RunReport.Reporter.EXECUTOR,
                NOON.plusSeconds(9)));

    saveAll(List.of(again));

    assertThat(found(run.id())).isEqualTo(again);
  }

  @Test
  void keepsNoneOfManyWhenOneIsNotTheNextVersion() {
    add(root(1), root(2), root(3));
    save(root(2), ended(root(2), StateName.SUCCEEDED));

    assertThatExceptionOfType(RunRejected.ChangedMeanwhile.class)
        .isThrownBy(() ->
            saveAll(
                List.of(
                    ended(root(3), StateName.FAILED),
                    ended(root(2), StateName.FAILED),
                    ended(root(1), StateName.FAILED))))
        .withMessageContaining(runId(2).toString());
    assertThat(found(runId(1)).stateName()).isEqualTo(StateName.RUNNING);
    assertThat(found(runId(2)).stateName()).isEqualTo(StateName.SUCCEEDED);
    assertThat(found(runId(3)).stateName()).isEqualTo(StateName.RUNNING);
  }

  @Test
  void refusesToSaveManyOfWhichOneIsNotThere() {
    add(root(1));

    assertThatExceptionOfType(RunRejected.ChangedMeanwhile.class)
        .isThrownBy(() ->
            saveAll(List.of(ended(root(1), StateName.FAILED), ended(root(2), StateName.FAILED))));
  }

  @Test
  void letsOneOfTwoWritersOfManyWin() {
    for (var round = 1; round <= 10; round++) {
      var one = root(2L * round);
      var other = root(2L * round + 1);
      add(one, other);

      var wins =
          AtOnce.with(
              3,
              i -> {
                var runs = i % 2 == 0 ? List.of(one, other) : List.of(other, one);
                try {
                  saveAll(runs.stream().map(run -> ended(run, StateName.CANCELED)).toList());
                  return true;
                } catch (RunRejected.ChangedMeanwhile e) {
                  return false;
                }
              });

      assertThat(wins).filteredOn(isWon -> isWon).hasSize(1);
      assertThat(found(one.id()).version()).isEqualTo(2);
      assertThat(found(other.id()).version()).isEqualTo(2);
    }
  }

  @Test
  void findsNoRunOfASubtreeThatIsMarkedForDeletion() {
    var root = root(1);
    var marked = child(root, 2);
    var below = child(marked, 3);
    var beside = child(root, 4);
    add(root, marked, below, beside);

    mark(marked);

    assertThat(List.of(root, beside)).allMatch(this::isThere);
    assertThat(List.of(marked, below)).noneMatch(this::isThere);
    assertThat(
            stores()
                .runs()
                .findAll(Reach.everywhere(), List.of(root.id(), marked.id(), below.id())))
        .containsOnlyKeys(root.id());
  }

  /** With an attempt for each, as a worker's report has it. */
  private void saveAll(List<Run> runs) {
    var attempts =
        runs.stream()
            .map(run ->
                Attempt.begunBy("worker-1", run, NOON).ended(run.stateName(), null, null, NOON))
            .toList();
    stores().write(() -> stores().runs().saveAll(runs, attempts));
  }

  private boolean isSaved(Run run) {
    try {
      stores().write(() -> stores().runs().save(run));
      return true;
    } catch (RunRejected.ChangedMeanwhile e) {
      return false;
    }
  }

  private void assertIsRefused(Run version) {
    assertThatExceptionOfType(RunRejected.ChangedMeanwhile.class)
        .isThrownBy(() -> stores().write(() -> stores().runs().save(version)));
  }

  private void assertNameIsTaken(Run run) {
    assertThatExceptionOfType(Runs.NameTaken.class)
        .isThrownBy(() -> stores().write(() -> stores().runs().addAll(List.of(run))));
  }

  private static Run named(Run run, String name) {
    return named(run, run.space(), name);
  }

  private static Run named(Run run, RunSpace space, String name) {
    return Run.tracked(
        run.path(),
        run.organization(),
        space,
        new RunName(name),
        run.origin(),
        run.labels(),
        run.user(),
        run.createdAt());
  }
}
