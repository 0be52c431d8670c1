package dev.runs.adapters.rpc.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.application.action.ActionView;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFixtures;
import dev.runs.domain.run.StateName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WantedTreeTest {

  private static final Run ROOT = RunFixtures.root(1);
  private static final Run CHILD = RunFixtures.child(ROOT, 2);
  private static final Run GRANDCHILD = RunFixtures.child(CHILD, 3);
  private static final Run SIBLING = RunFixtures.child(ROOT, 4);

  private final WantedTree failed =
      new WantedTree(new ActionFilter(Set.of(ActionPhase.FAILED), ""));

  @Test
  void withoutAFilterEverythingIsSeenAndNothingElseIsTold() {
    var all = new WantedTree(ActionFilter.ALL);

    assertThat(all.note(List.of(view(ROOT), view(CHILD)))).isEmpty();
    assertThat(all.isTold(ROOT.id())).contains(true);
    assertThat(all.isTold(CHILD.id())).contains(true);
  }

  @Test
  void whatStandsAboveAWantedActionIsSeenButNotWanted() {
    failed.note(List.of(view(ROOT), view(CHILD), view(SIBLING)));

    var touched = failed.note(List.of(view(failed(GRANDCHILD))));

    assertThat(touched).containsExactly(ROOT.id(), CHILD.id(), GRANDCHILD.id());
    assertThat(failed.isTold(ROOT.id())).contains(false);
    assertThat(failed.isTold(CHILD.id())).contains(false);
    assertThat(failed.isTold(GRANDCHILD.id())).contains(true);
    assertThat(failed.isTold(SIBLING.id())).isEmpty();
  }

  @Test
  void whatIsWantedNoMoreIsToldOnceMore() {
    failed.note(List.of(view(failed(GRANDCHILD))));
    failed.isTold(ROOT.id());
    failed.isTold(CHILD.id());
    failed.isTold(GRANDCHILD.id());

    failed.note(List.of(view(GRANDCHILD)));

    assertThat(failed.isTold(GRANDCHILD.id())).contains(false);
    assertThat(failed.isTold(GRANDCHILD.id())).isEmpty();
    assertThat(failed.isTold(ROOT.id())).contains(false);
    assertThat(failed.isTold(ROOT.id())).isEmpty();
  }

  @Test
  void theSameNewsTwiceCountsOnce() {
    failed.note(List.of(view(failed(CHILD))));

    assertThat(failed.note(List.of(view(failed(CHILD))))).isEmpty();
    failed.note(List.of(view(CHILD)));

    assertThat(failed.isTold(ROOT.id())).isEmpty();
  }

  @Test
  void whatIsDeletedIsWantedNoMore() {
    failed.note(List.of(view(failed(GRANDCHILD))));
    failed.isTold(ROOT.id());

    failed.forget(CHILD.path());

    assertThat(failed.isTold(ROOT.id())).contains(false);
    assertThat(failed.isTold(ROOT.id())).isEmpty();
  }

  @Test
  void anActionIsFoundByThePhaseAndByThePartOfItsNameThatPeopleSee() {
    var filter =
        ActionFilter.of(
            List.of(
                filter("PHASE", Filter.Function.VALUE_IN, "6", "ACTION_PHASE_TIMED_OUT"),
                filter("NAME", Filter.Function.CONTAINS_CASE_INSENSITIVE, "SEARCH")));

    assertThat(filter.includes(view(failed(CHILD)))).isTrue();
    assertThat(filter.includes(view(CHILD))).isFalse();
    assertThat(
            ActionFilter.of(
                    List.of(filter("name", Filter.Function.CONTAINS_CASE_INSENSITIVE, "enrich")))
                .includes(view(CHILD)))
        .isFalse();
  }

  @Test
  void aFilterWithoutValuesNarrowsNothing() {
    assertThat(
            ActionFilter.of(
                    List.of(
                        filter("PHASE", Filter.Function.VALUE_IN),
                        filter("NAME", Filter.Function.CONTAINS_CASE_INSENSITIVE)))
                .isAll())
        .isTrue();
  }

  @Test
  void otherFiltersAreRefused() {
    for (var wrong :
        List.of(
            filter("PHASE", Filter.Function.EQUAL, "6"),
            filter("PHASE", Filter.Function.VALUE_IN, "LOST"),
            filter("NAME", Filter.Function.EQUAL, "a"),
            filter("COLOUR", Filter.Function.VALUE_IN, "red"))) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> ActionFilter.of(List.of(wrong)));
    }
  }

  private static Filter filter(String field, Filter.Function function, String... values) {
    return Filter.newBuilder()
        .setField(field)
        .setFunction(function)
        .addAllValues(List.of(values))
        .build();
  }

  private static Run failed(Run run) {
    return RunFixtures.ended(run, StateName.FAILED);
  }

  private static ActionView view(Run run) {
    return new ActionView(
        run,
        new RunAddress(run.organization(), "default", "production", "root")
            .action(run.name().value()),
        Optional.empty(),
        ActionFacts.of(run, "acme"),
        ActionStatus.NONE,
        Map.of());
  }
}
