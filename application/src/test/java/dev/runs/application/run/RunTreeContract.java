package dev.runs.application.run;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every tree of runs promises. */
public abstract class RunTreeContract extends StoresContract {

  /**
   * <pre>
   * 10 ─┬─ 20 ─┬─ 40 ── 60
   *     │      └─ 11
   *     ├─ 15 ── 50 ── 55
   *     └─ 30
   * 12 ── 13
   * </pre>
   */
  private final Run root = root(10);

  private final Run twenty = child(root, 20);
  private final Run fifteen = child(root, 15);
  private final Run thirty = child(root, 30);
  private final Run forty = child(twenty, 40);
  private final Run eleven = child(twenty, 11);
  private final Run fifty = child(fifteen, 50);
  private final Run sixty = child(forty, 60);
  private final Run fiftyFive = child(fifty, 55);
  private final Run neighbor = root(12);
  private final Run neighborsChild = child(neighbor, 13);

  private final List<Run> levelByLevel =
      List.of(fifteen, twenty, thirty, fifty, eleven, forty, fiftyFive, sixty);

  @BeforeEach
  void plant() {
    add(
        root,
        twenty,
        fifteen,
        thirty,
        forty,
        eleven,
        fifty,
        sixty,
        fiftyFive,
        neighbor,
        neighborsChild);
  }

  @Test
  void showsWhatIsBelowLevelByLevelAndInALevelInTheOrderOfThePaths() {
    assertThat(below(root, RunPath.DEEPEST, 100)).containsExactlyElementsOf(levelByLevel);
  }

  @Test
  void showsOnlyWhatIsBelow() {
    assertThat(below(twenty, RunPath.DEEPEST, 100)).containsExactly(eleven, forty, sixty);
    assertThat(below(neighbor, RunPath.DEEPEST, 100)).containsExactly(neighborsChild);
    assertThat(below(sixty, RunPath.DEEPEST, 100)).isEmpty();
  }

  @Test
  void visitsAsManyLevelsAsAreAskedFor() {
    assertThat(below(root, 1, 100)).containsExactly(fifteen, twenty, thirty);
    assertThat(below(root, 2, 100)).containsExactly(fifteen, twenty, thirty, fifty, eleven, forty);
    assertThat(below(twenty, 1, 100)).containsExactly(eleven, forty);
    assertThat(below(root, Integer.MAX_VALUE, 100)).hasSize(8);
  }

  @Test
  void goesOnBehindAnyRunInPagesOfAnySize() {
    for (var size = 1; size <= levelByLevel.size() + 1; size++) {
      var seen = new ArrayList<Run>();
      for (var page = below(root, RunPath.DEEPEST, size);
          !page.isEmpty();
          page =
              stores()
                  .runTree()
                  .below(root.path(), Optional.of(seen.getLast().path()), RunPath.DEEPEST, size)) {
        assertThat(page).hasSizeLessThanOrEqualTo(size);
        seen.addAll(page);
      }
      assertThat(seen).containsExactlyElementsOf(levelByLevel);
    }
  }

  @Test
  void goesNoDeeperBehindARunThanFromTheBeginning() {
    var behindThirty = Optional.of(thirty.path());

    assertThat(stores().runTree().below(root.path(), behindThirty, 1, 100)).isEmpty();
    assertThat(stores().runTree().below(root.path(), behindThirty, 2, 100))
        .containsExactly(fifty, eleven, forty);
  }

  @Test
  void findsTheChildThatFailedOrTimedOutFirst() {
    assertThat(stores().runTree().firstFailedBelow(root.id())).isEmpty();

    var timedOut = save(thirty, thirty.ended(new RunState.TimedOut(NOON.plusSeconds(5))));
    save(fifteen, fifteen.ended(new RunState.Succeeded(NOON.plusSeconds(1))));
    save(forty, forty.ended(failed(NOON.plusSeconds(1))));
    assertThat(stores().runTree().firstFailedBelow(root.id())).contains(timedOut);

    var failed = save(twenty, twenty.ended(failed(NOON.plusSeconds(4))));
    assertThat(stores().runTree().firstFailedBelow(root.id())).contains(failed);

    mark(failed);
    assertThat(stores().runTree().firstFailedBelow(root.id())).contains(timedOut);
  }

  private static RunState.Failed failed(Instant at) {
    return new RunState.Failed(at, RunFailure.UNEXPLAINED);
  }

  @Test
  void showsNothingOfASubtreeThatIsMarkedForDeletion() {
    mark(forty);

    assertThat(below(root, RunPath.DEEPEST, 100))
        .containsExactly(fifteen, twenty, thirty, fifty, eleven, fiftyFive);
    assertThat(below(twenty, RunPath.DEEPEST, 100)).containsExactly(eleven);
  }

  @Test
  void goesOnBelowALevelOnWhichTheFirstRunIsMarked() {
    mark(fifteen);

    assertThat(below(root, RunPath.DEEPEST, 100))
        .containsExactly(twenty, thirty, eleven, forty, sixty);
  }

  @Test
  void reachesTheDeepestRun() {
    var chain = new ArrayList<>(List.of(root(1_000)));
    while (chain.size() < RunPath.DEEPEST) {
      chain.add(child(chain.getLast(), 1_000 + chain.size()));
    }
    addAll(chain);

    assertThat(below(chain.getFirst(), RunPath.DEEPEST, 100))
        .containsExactlyElementsOf(chain.subList(1, chain.size()));
  }

  private List<Run> below(Run run, int levels, int limit) {
    return stores().runTree().below(run.path(), Optional.empty(), levels, limit);
  }
}
