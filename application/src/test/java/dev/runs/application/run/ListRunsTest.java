package dev.runs.application.run;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.OTHER_ADA;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Cursor;
import dev.runs.application.Receipt;
import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.application.cost.CostSummaries;
import dev.runs.application.cost.CostSummaries.Grouping;
import dev.runs.application.cost.CostSummaries.NameGroup;
import dev.runs.application.cost.CostSummaries.RunGroup;
import dev.runs.application.cost.NewCost;
import dev.runs.application.cost.SummarizeCosts;
import dev.runs.application.run.ListRuns.Line;
import dev.runs.application.run.ListRuns.Row;
import dev.runs.application.run.RunList.Order;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listing runs, and adding up what they cost. */
final class ListRunsTest extends UseCaseTest {

  private final Run root = root(1);
  private final Run child = child(root, 2);
  private final Run theirs = rootOf(GLOBEX.id(), 3);

  private final ListRuns listRuns =
      new ListRuns(
          world.runs(),
          world.runList(),
          world.organizations(),
          world.users(),
          world.projects(),
          world.ledger(),
          describeRuns(),
          world.transactions(),
          ids);

  private final SummarizeCosts summarizeCosts =
      new SummarizeCosts(world.costSummaries(), world.transactions());

  @BeforeEach
  void plant() {
    add(root, child, theirs);
    addCosts()
        .addAll(
            PLATFORM,
            List.of(new NewCost(child.id(), TOKENS, quantity("3"), Optional.empty())),
            Receipt.none());
  }

  @Test
  void showsWhatEachRunCostsByItself() {
    assertThat(listRuns.latestStartFirst(PLATFORM, ACME.id(), RunFilter.ALL, 10, 0))
        .containsExactly(
            new Line(child, describeRuns().of(child), money("1.5")),
            new Line(root, describeRuns().of(root), Money.ZERO));
  }

  @Test
  void showsNothingBeyondTheCallersReach() {
    assertThat(listRuns.latestStartFirst(OF_GLOBEX, ACME.id(), RunFilter.ALL, 10, 0)).isEmpty();
    assertThat(summarizeCosts.byRun(OF_GLOBEX, ACME.id(), RunFilter.ALL, Grouping.USER).groups())
        .isEmpty();
    assertThat(summarizeCosts.byName(OF_GLOBEX, ACME.id(), RunFilter.ALL).groups()).isEmpty();
  }

  @Test
  void showsTheRunsOfTheCallersOwnOrganizationInPages() {
    var first =
        listRuns.byCreation(OF_ACME, RunFilter.ALL, Order.NEWEST_FIRST, Optional.empty(), 1);
    var rest = listRuns.byCreation(OF_ACME, RunFilter.ALL, Order.NEWEST_FIRST, first.next(), 1);

    assertThat(first.items())
        .containsExactly(new Line(child, describeRuns().of(child), money("1.5")));
    assertThat(rest.items()).containsExactly(new Line(root, describeRuns().of(root), Money.ZERO));
    assertThat(rest.next()).isEmpty();
    assertThat(
            listRuns
                .byCreation(OF_GLOBEX, RunFilter.ALL, Order.NEWEST_FIRST, Optional.empty(), 10)
                .items())
        .extracting(Line::run)
        .containsExactly(theirs);
  }

  @Test
  void showsWhatEachRunAndEverythingBelowItCosts() {
    var page = listRuns.rows(OF_ACME, RunFilter.ALL, Order.NEWEST_FIRST, Optional.empty(), 10);

    assertThat(page.items())
        .containsExactly(
            new Row(child, describeRuns().of(child), rollup(child)),
            new Row(root, describeRuns().of(root), rollup(root)));
    assertThat(page.items().getLast().rollup().totalCost()).isEqualTo(money("1.5"));
  }

  @Test
  void showsRunsAgainInTheOrderInWhichTheyAreAskedFor() {
    var asked = List.of(root.id(), theirs.id(), child.id(), root.id());

    assertThat(listRuns.rows(OF_ACME, asked)).extracting(Row::run).containsExactly(root, child);
    assertThat(listRuns.rows(OF_ACME, List.of())).isEmpty();
    assertThatExceptionOfType(RequestRejected.TooManyItems.class)
        .isThrownBy(() -> listRuns.rows(OF_ACME, Collections.nCopies(101, root.id())));
  }

  @Test
  void countsTheRunsOfTheCallersOwnOrganization() {
    var countRuns = new CountRuns(world.runList(), world.transactions(), ids);

    assertThat(countRuns.count(OF_ACME, RunFilter.ALL))
        .isEqualTo(Map.of(StateName.RUNNING, new RunList.Count(2, false)));
    assertThat(countRuns.count(OF_ACME, RunFilter.ALL.ofRoots()))
        .isEqualTo(Map.of(StateName.RUNNING, new RunList.Count(1, false)));
  }

  @Test
  void refusesACursorThatIsNone() {
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() ->
            listRuns.byCreation(
                PLATFORM, RunFilter.ALL, Order.NEWEST_FIRST, Optional.of(Cursor.of("no run")), 10));
  }

  @Test
  void findsOwnersByTheirExternalIds() {
    assertThat(listRuns.organization(ACME.externalId())).contains(ACME.id());
    assertThat(listRuns.organization(new ExternalId("nobody"))).isEmpty();
    assertThat(listRuns.user(ACME.id(), ADA.externalId())).contains(ADA.id());
    assertThat(listRuns.user(GLOBEX.id(), ADA.externalId())).contains(OTHER_ADA.id());
    assertThat(listRuns.user(ACME.id(), new ExternalId("nobody"))).isEmpty();
  }

  @Test
  void addsUpWhatRunsCost() {
    assertThat(summarizeCosts.byRun(PLATFORM, ACME.id(), RunFilter.ALL, Grouping.SERVICE).groups())
        .containsExactly(new RunGroup(SEARCH.service(), money("1.5"), 2));
    assertThat(summarizeCosts.byName(PLATFORM, ACME.id(), RunFilter.ALL).groups())
        .containsExactly(new NameGroup(TOKENS.value(), money("1.5"), new BigDecimal("3.000000")));
    assertThat(summarizeCosts.byName(PLATFORM, ACME.id(), RunFilter.ALL).isTruncated()).isFalse();
  }

  @Test
  void tellsWhenThereAreMoreGroupsThanASummaryHas() {
    var many = new Many();

    var byRun =
        new SummarizeCosts(many, world.transactions())
            .byRun(PLATFORM, ACME.id(), RunFilter.ALL, Grouping.SERVICE);
    var byName =
        new SummarizeCosts(many, world.transactions()).byName(PLATFORM, ACME.id(), RunFilter.ALL);

    assertThat(byRun.groups()).hasSize(10_000);
    assertThat(byRun.isTruncated()).isTrue();
    assertThat(byName.groups()).hasSize(10_000);
    assertThat(byName.isTruncated()).isTrue();
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }

  /** As many groups as are asked for. */
  private static final class Many implements CostSummaries {

    @Override
    public List<RunGroup> byRun(
        Reach.Within reach, RunFilter filter, Grouping grouping, int limit) {
      return Collections.nCopies(limit, new RunGroup("x", null, 1));
    }

    @Override
    public List<NameGroup> byName(Reach.Within reach, RunFilter filter, int limit) {
      return Collections.nCopies(limit, new NameGroup("x", Money.ZERO, BigDecimal.ZERO));
    }
  }
}
