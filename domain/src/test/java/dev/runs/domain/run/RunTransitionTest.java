package dev.runs.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.run.RunTransition.Mover;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunTransitionTest {

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"SUCCEEDED", "CANCELED"})
  void leavesWhatSucceededOrWasCanceledForNothing(StateName end) {
    assertThat(StateName.values())
        .noneMatch(to -> RunTransition.isAllowed(end, to, Mover.REPORT))
        .noneMatch(to -> RunTransition.isAllowed(end, to, Mover.NEXT_ATTEMPT));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"FAILED", "TIMED_OUT"})
  void reopensABadEndOnlyForANextAttempt(StateName end) {
    assertThat(RunTransition.allowedFrom(end)).isEmpty();
    assertThat(StateName.values())
        .filteredOn(to -> RunTransition.isAllowed(end, to, Mover.NEXT_ATTEMPT))
        .containsExactlyElementsOf(EnumSet.range(StateName.QUEUED, StateName.PAUSED));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"SUCCEEDED|FAILED|TIMED_OUT|CANCELED"})
  void letsEveryLiveStateEndInEveryWay(StateName live) {
    assertThat(RunTransition.allowedFrom(live))
        .containsAll(EnumSet.range(StateName.SUCCEEDED, StateName.CANCELED));
  }

  @Test
  void movesOnAndNeverBackWithinAnAttemptExceptFromAPause() {
    for (var from : StateName.values()) {
      for (var to : RunTransition.allowedFrom(from)) {
        var resumes = from == StateName.PAUSED && to == StateName.RUNNING;
        assertThat(to.compareTo(from) > 0 || resumes).as("%s to %s", from, to).isTrue();
      }
    }
  }

  @Test
  void neverLeadsFromAStateToItself() {
    for (var transition : RunTransition.values()) {
      assertThat(StateName.values()).noneMatch(state -> transition.allows(state, state));
    }
  }

  @Test
  void leadsSomewhereWithEveryTransition() {
    for (var transition : RunTransition.values()) {
      assertThat(StateName.values())
          .as(transition.name())
          .anyMatch(from ->
              Arrays.stream(StateName.values()).anyMatch(to -> transition.allows(from, to)));
    }
  }

  @Test
  void hasOneTransitionForEachMoveAtMost() {
    for (var from : StateName.values()) {
      for (var to : StateName.values()) {
        for (var mover : Mover.values()) {
          assertThat(RunTransition.values())
              .filteredOn(each -> each.mover() == mover && each.allows(from, to))
              .as("%s to %s by %s", from, to, mover)
              .hasSizeLessThanOrEqualTo(1);
        }
      }
    }
  }
}
