package dev.runs.application.cost;

import static dev.runs.domain.access.Reach.within;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.BEN;
import static dev.runs.domain.run.RunFixtures.ENRICH;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.cost.CostSummaries.Grouping;
import dev.runs.application.cost.CostSummaries.NameGroup;
import dev.runs.application.cost.CostSummaries.RunGroup;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every summary of costs promises. */
public abstract class CostSummariesContract extends StoresContract {

  @Test
  void addsUpByService() {
    plant();

    assertBeforeAndAfterFolding(() ->
        assertThat(byRun(RunFilter.ALL, Grouping.SERVICE))
            .containsExactly(
                new RunGroup(ENRICH.service(), money("8"), 1),
                new RunGroup(SEARCH.service(), money("3.5"), 3)));
  }

  @Test
  void addsUpByUserAndPutsTheRunsOfNobodyLast() {
    plant();

    assertBeforeAndAfterFolding(() ->
        assertThat(byRun(RunFilter.ALL, Grouping.USER))
            .containsExactly(
                new RunGroup(ADA.id().toString(), money("11"), 2),
                new RunGroup(BEN.id().toString(), money("0.5"), 1),
                new RunGroup(null, null, 1)));
  }

  @Test
  void addsUpByCostName() {
    plant();

    assertBeforeAndAfterFolding(() ->
        assertThat(stores().costSummaries().byName(within(ACME.id()), RunFilter.ALL, 10))
            .containsExactly(
                new NameGroup(SEARCHES.value(), money("8.5"), used("9")),
                new NameGroup(TOKENS.value(), money("3"), used("3"))));
  }

  @Test
  void countsEachRunForItselfAndNotWhatIsBelow() {
    var parent = run(1, SEARCH, null);
    var child = below(parent, 2, ENRICH);
    add(parent, child);
    book(parent, line(1, parent, TOKENS, "1", "1"));
    book(child, line(2, child, TOKENS, "1", "4"));

    assertBeforeAndAfterFolding(() -> {
      assertThat(byRun(RunFilter.ALL, Grouping.SERVICE))
          .containsExactly(
              new RunGroup(ENRICH.service(), money("4"), 1),
              new RunGroup(SEARCH.service(), money("1"), 1));
      assertThat(byRun(withParent(parent.id()), Grouping.SERVICE))
          .containsExactly(new RunGroup(ENRICH.service(), money("4"), 1));
    });
  }

  @Test
  void tellsNoCostsFromCostsThatComeToNothing() {
    var corrected = run(1, SEARCH, ADA.id());
    add(corrected, run(2, ENRICH, ADA.id()));
    book(corrected, line(1, corrected, TOKENS, "1", "1"), line(2, corrected, TOKENS, "-1", "1"));

    assertBeforeAndAfterFolding(() -> {
      assertThat(byRun(RunFilter.ALL, Grouping.SERVICE))
          .containsExactly(
              new RunGroup(ENRICH.service(), null, 1),
              new RunGroup(SEARCH.service(), Money.ZERO, 1));
      assertThat(stores().costSummaries().byName(within(ACME.id()), RunFilter.ALL, 10))
          .containsExactly(new NameGroup(TOKENS.value(), Money.ZERO, used("0")));
    });
  }

  @Test
  void hasNothingOfAnOrganizationWithoutRuns() {
    plant();

    assertThat(
            stores().costSummaries().byRun(within(GLOBEX.id()), RunFilter.ALL, Grouping.USER, 10))
        .isEmpty();
    assertThat(stores().costSummaries().byName(within(GLOBEX.id()), RunFilter.ALL, 10)).isEmpty();
  }

  @Test
  void countsOneOrganizationAndNoOther() {
    var ours = run(1, SEARCH, null);
    var theirs = rootOf(GLOBEX.id(), 2);
    add(ours, theirs);
    book(ours, line(1, ours, TOKENS, "1", "1"));
    book(theirs, line(2, theirs, TOKENS, "1", "100"));

    assertThat(byRun(RunFilter.ALL, Grouping.SERVICE))
        .containsExactly(new RunGroup(SEARCH.service(), money("1"), 1));
    assertThat(stores().costSummaries().byName(within(ACME.id()), RunFilter.ALL, 10))
        .containsExactly(new NameGroup(TOKENS.value(), money("1"), used("1")));
  }

  @Test
  void countsNothingOfASubtreeThatIsMarkedForDeletion() {
    var doomed = run(1, SEARCH, ADA.id());
    add(doomed, run(2, ENRICH, ADA.id()));
    book(doomed, line(1, doomed, TOKENS, "1", "1"));

    mark(doomed);

    assertThat(byRun(RunFilter.ALL, Grouping.SERVICE))
        .containsExactly(new RunGroup(ENRICH.service(), null, 1));
    assertThat(stores().costSummaries().byName(within(ACME.id()), RunFilter.ALL, 10)).isEmpty();
  }

  @Test
  void countsOnlyTheRunsThatTheFilterMeans() {
    plant();

    assertBeforeAndAfterFolding(() -> {
      var failed = with(RunFilter.ALL, Set.of(StateName.FAILED), Optional.empty());
      assertThat(byRun(failed, Grouping.USER))
          .containsExactly(new RunGroup(BEN.id().toString(), money("0.5"), 1));
      assertThat(stores().costSummaries().byName(within(ACME.id()), failed, 10))
          .containsExactly(new NameGroup(SEARCHES.value(), money("0.5"), used("1")));
      var adas = with(RunFilter.ALL, Set.of(), Optional.of(ADA.id()));
      assertThat(byRun(adas, Grouping.SERVICE))
          .containsExactly(
              new RunGroup(ENRICH.service(), money("8"), 1),
              new RunGroup(SEARCH.service(), money("3"), 1));
      assertThat(byRun(startedFrom(NOON.plusSeconds(1)), Grouping.SERVICE)).isEmpty();
      assertThat(byRun(startedFrom(NOON), Grouping.SERVICE)).hasSize(2);
    });
  }

  @Test
  void ordersTextsByTheirBytesAndNotAsALanguageDoes() {
    var names = List.of("apple", "Zebra", "zoo", "_x", "éclair", "Apple");
    var number = 0;
    for (var name : names) {
      number++;
      var run = run(number, new RunOrigin(name, "t"), null);
      add(run);
      book(run, line(number, run, new CostName(name), "1", "1"));
    }

    var inOrder = names.stream().sorted().toList();

    assertBeforeAndAfterFolding(() -> {
      assertThat(byRun(RunFilter.ALL, Grouping.SERVICE))
          .extracting(RunGroup::key)
          .containsExactlyElementsOf(inOrder);
      assertThat(stores().costSummaries().byName(within(ACME.id()), RunFilter.ALL, 10))
          .extracting(NameGroup::key)
          .containsExactlyElementsOf(inOrder);
    });
  }

  @Test
  void givesAsManyGroupsAsAreAskedFor() {
    plant();

    assertThat(stores().costSummaries().byRun(within(ACME.id()), RunFilter.ALL, Grouping.USER, 2))
        .hasSize(2);
    assertThat(stores().costSummaries().byName(within(ACME.id()), RunFilter.ALL, 1)).hasSize(1);
  }

  @Test
  void addsUpBeyondWhatALongHolds() {
    var run = run(1, SEARCH, null);
    add(run);
    for (var i = 1; i <= 20; i++) {
      book(run, line(i, run, TOKENS, "999999.999999", "999999.9"));
    }

    assertBeforeAndAfterFolding(() ->
        assertThat(byRun(RunFilter.ALL, Grouping.SERVICE).getFirst().total())
            .isEqualTo(stores().ledgerAudit().recount(run.path()).ownCost()));
  }

  /** Three searches, one of them Ben's and failed, one nobody's and free; one enrichment. */
  private void plant() {
    var adas = run(1, SEARCH, ADA.id());
    var bens = run(2, SEARCH, BEN.id());
    var enrichment = run(3, ENRICH, ADA.id());
    add(adas, ended(bens, StateName.FAILED), enrichment, run(4, SEARCH, null));
    book(adas, line(1, adas, TOKENS, "4", "1"), line(2, adas, TOKENS, "-1", "1"));
    book(bens, line(3, bens, SEARCHES, "1", "0.5"));
    book(enrichment, line(4, enrichment, SEARCHES, "8", "1"));
  }

  private void assertBeforeAndAfterFolding(Runnable assertion) {
    assertion.run();
    stores().transactions().inTransaction(() -> stores().ledger().fold(1));
    assertion.run();
    foldAll(1_000);
    assertion.run();
  }

  private List<RunGroup> byRun(RunFilter filter, Grouping grouping) {
    return stores().costSummaries().byRun(within(ACME.id()), filter, grouping, 100);
  }

  private static RunFilter with(RunFilter filter, Set<StateName> states, Optional<UserId> user) {
    return new RunFilter(
        filter.service(),
        filter.task(),
        user,
        states,
        filter.startedFrom(),
        filter.startedTo(),
        filter.parent(),
        filter.app(),
        filter.brand(),
        filter.campaign());
  }

  private static RunFilter withParent(RunId parent) {
    return narrowed(Optional.of(parent), Optional.empty());
  }

  private static RunFilter startedFrom(Instant from) {
    return narrowed(Optional.empty(), Optional.of(from));
  }

  private static RunFilter narrowed(Optional<RunId> parent, Optional<Instant> from) {
    var all = RunFilter.ALL;
    return new RunFilter(
        all.service(),
        all.task(),
        all.user(),
        all.states(),
        from,
        all.startedTo(),
        parent,
        all.app(),
        all.brand(),
        all.campaign());
  }

  private static Run run(long number, RunOrigin origin, @Nullable UserId user) {
    return run(RunPath.ofRoot(runId(number)), "r" + number, origin, user);
  }

  private static Run below(Run parent, long number, RunOrigin origin) {
    return run(parent.path().child(runId(number)), "r" + number, origin, null);
  }

  private static Run run(RunPath path, String name, RunOrigin origin, @Nullable UserId user) {
    return Run.tracked(
        path, ACME.id(), RunSpace.DEFAULT, new RunName(name), origin, RunLabels.NONE, user, NOON);
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }

  private static BigDecimal used(String quantity) {
    return new BigDecimal(quantity).setScale(6);
  }
}
