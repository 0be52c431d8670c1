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
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.lineId;
import static dev.runs.domain.run.RunFixtures.price;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.report;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.cost.CostHistory.DayTotal;
import dev.runs.application.cost.CostHistory.GroupOfDay;
import dev.runs.application.cost.CostHistory.GroupTotal;
import dev.runs.application.cost.CostHistory.Grouping;
import dev.runs.application.retention.ExpiredTrees.Due;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every history of costs promises. */
public abstract class CostHistoryContract extends StoresContract {

  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate THIRD = FIRST.plusDays(2);
  private static final Days ALL = new Days(FIRST, THIRD);
  private static final Slug OTHER = new Slug("other");

  @Test
  void addsUpByDay() {
    plant();

    assertBeforeAndAfterFolding(() -> {
      assertThat(history().totals(within(ACME.id()), ALL))
          .containsExactly(
              new DayTotal(FIRST, money("3.5")), new DayTotal(THIRD, money("0.0000000001")));
      assertThat(history().totals(within(ACME.id()), new Days(SECOND, SECOND))).isEmpty();
    });
  }

  @Test
  void countsALineUntilMidnightInUtc() {
    var run = run(1, ACME.id(), SEARCH, Slug.DEFAULT, null);
    add(run);
    var midnight = Duration.ofHours(12);
    bookAt(run, 1, TOKENS, "1", midnight.minusNanos(1_000));
    bookAt(run, 2, TOKENS, "2", midnight);

    assertBeforeAndAfterFolding(() ->
        assertThat(history().totals(within(ACME.id()), ALL))
            .containsExactly(new DayTotal(FIRST, money("1")), new DayTotal(SECOND, money("2"))));
  }

  @Test
  void dividesByServiceUserNameAndProjectTheLargestFirst() {
    plant();

    assertBeforeAndAfterFolding(() -> {
      assertThat(groups(Grouping.SERVICE))
          .containsExactly(
              new GroupTotal(ENRICH.service(), money("2")),
              new GroupTotal(SEARCH.service(), money("1.5000000001")));
      assertThat(groups(Grouping.USER))
          .containsExactly(
              new GroupTotal("", money("2")),
              new GroupTotal(ADA.id().toString(), money("1.0000000001")),
              new GroupTotal(BEN.id().toString(), money("0.5")));
      assertThat(groups(Grouping.COST_NAME))
          .containsExactly(
              new GroupTotal(SEARCHES.value(), money("2.5")),
              new GroupTotal(TOKENS.value(), money("1.0000000001")));
      assertThat(groups(Grouping.PROJECT))
          .containsExactly(
              new GroupTotal(OTHER.value(), money("2")),
              new GroupTotal(Slug.DEFAULT.value(), money("1.5000000001")));
    });
  }

  @Test
  void dividesEachDay() {
    plant();

    assertBeforeAndAfterFolding(() -> {
      assertThat(history().days(within(ACME.id()), ALL, Grouping.SERVICE, 10))
          .containsExactly(
              new GroupOfDay(FIRST, ENRICH.service(), money("2")),
              new GroupOfDay(FIRST, SEARCH.service(), money("1.5")),
              new GroupOfDay(THIRD, SEARCH.service(), money("0.0000000001")));
      assertThat(history().days(within(ACME.id()), ALL, Grouping.SERVICE, 2)).hasSize(2);
      assertThat(
              history().daysOf(within(ACME.id()), ALL, Grouping.SERVICE, List.of(ENRICH.service())))
          .containsExactly(new GroupOfDay(FIRST, ENRICH.service(), money("2")));
      assertThat(history().daysOf(within(ACME.id()), ALL, Grouping.SERVICE, List.of())).isEmpty();
    });
  }

  @Test
  void tellsOneOrganizationFromAnotherAndAddsUpAllForWhoReachesThem() {
    plant();

    assertBeforeAndAfterFolding(() -> {
      assertThat(history().totals(within(GLOBEX.id()), ALL))
          .containsExactly(new DayTotal(SECOND, money("100")));
      assertThat(history().groups(Reach.everywhere(), ALL, Grouping.ORGANIZATION, 10))
          .containsExactly(
              new GroupTotal(GLOBEX.id().toString(), money("100")),
              new GroupTotal(ACME.id().toString(), money("3.5000000001")));
      assertThat(history().groups(Reach.everywhere(), ALL, Grouping.ORGANIZATION, 1)).hasSize(1);
    });
  }

  @Test
  void seesNoProjectBeyondTheReach() {
    plant();
    var reach = new Reach.Within(ACME.id(), Set.of(OTHER));

    assertBeforeAndAfterFolding(() -> {
      assertThat(history().totals(reach, ALL)).containsExactly(new DayTotal(FIRST, money("2")));
      assertThat(history().groups(reach, ALL, Grouping.USER, 10))
          .containsExactly(new GroupTotal("", money("2")));
    });
  }

  @Test
  void countsACorrectionOnTheDayOnWhichItWasBooked() {
    var run = run(1, ACME.id(), SEARCH, Slug.DEFAULT, null);
    add(run);
    bookAt(run, 1, TOKENS, "3", Duration.ZERO);
    bookAt(run, 2, TOKENS, "-1", Duration.ofDays(1));

    assertBeforeAndAfterFolding(() ->
        assertThat(history().totals(within(ACME.id()), ALL))
            .containsExactly(new DayTotal(FIRST, money("3")), new DayTotal(SECOND, money("-1"))));
  }

  @Test
  void takesBackWhatIsDeletedFromTheDaysOnWhichItWasBooked() {
    var doomed = run(1, ACME.id(), SEARCH, Slug.DEFAULT, ADA.id());
    var kept = run(2, ACME.id(), SEARCH, Slug.DEFAULT, ADA.id());
    add(doomed, kept);
    bookAt(doomed, 1, TOKENS, "3", Duration.ZERO);
    foldDays();
    bookAt(doomed, 2, SEARCHES, "5", Duration.ofDays(1));
    bookAt(kept, 3, TOKENS, "7", Duration.ZERO);

    mark(doomed);
    sweep(doomed, 100);

    assertBeforeAndAfterFolding(() -> {
      assertThat(costs(history().totals(within(ACME.id()), ALL)))
          .containsExactly(new DayTotal(FIRST, money("7")));
      assertThat(history().groups(within(ACME.id()), ALL, Grouping.USER, 1))
          .containsExactly(new GroupTotal(ADA.id().toString(), money("7")));
    });
  }

  @Test
  void keepsWhatGoesForItsAge() {
    var old = run(1, ACME.id(), SEARCH, Slug.DEFAULT, ADA.id()).report(report(StateName.SUCCEEDED));
    add(old);
    bookAt(old, 1, TOKENS, "3", Duration.ofDays(2));
    var due = new Due(ACME.id(), StateName.SUCCEEDED, NOON.plus(Duration.ofDays(30)));

    stores()
        .transactions()
        .inTransaction(() -> stores().expiredTrees().removeSmall(due, List.of(old.path()), 10));

    assertThat(isThere(old)).isFalse();
    assertBeforeAndAfterFolding(() ->
        assertThat(history().totals(within(ACME.id()), ALL))
            .containsExactly(new DayTotal(THIRD, money("3"))));
  }

  @Test
  void addsUpExactlyWhatDoesNotFitIntoOneNumber() {
    var run = run(1, ACME.id(), SEARCH, Slug.DEFAULT, null);
    add(run);
    var price = "999999.9999999999";
    book(run, line(1, run, TOKENS, "999999", price));
    foldDays();
    book(run, line(2, run, TOKENS, "999999", price));
    bookAt(run, 3, TOKENS, "-0.0000000001", Duration.ZERO);

    var sum =
        new BigDecimal(price).multiply(new BigDecimal("1999998")).subtract(new BigDecimal("1e-10"));
    assertBeforeAndAfterFolding(() ->
        assertThat(history().totals(within(ACME.id()), ALL))
            .containsExactly(new DayTotal(FIRST, new Money(sum))));
  }

  @Test
  void countsNothingOfATransactionThatFails() {
    var run = run(1, ACME.id(), SEARCH, Slug.DEFAULT, null);
    add(run);

    try {
      stores()
          .write(() -> {
            bookAt(run, 1, TOKENS, "1", Duration.ZERO);
            throw new IllegalArgumentException("on purpose");
          });
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessage("on purpose");
    }

    assertBeforeAndAfterFolding(
        () -> assertThat(history().totals(within(ACME.id()), ALL)).isEmpty());
  }

  /** Acme spends on two days, in two projects; Globex on the day between. */
  private void plant() {
    var ofAda = run(1, ACME.id(), SEARCH, Slug.DEFAULT, ADA.id());
    var ofBen = run(2, ACME.id(), SEARCH, Slug.DEFAULT, BEN.id());
    var ofNobody = run(3, ACME.id(), ENRICH, OTHER, null);
    var ofGlobex = run(4, GLOBEX.id(), ENRICH, Slug.DEFAULT, null);
    add(ofAda, ofBen, ofNobody, ofGlobex);
    bookAt(ofAda, 1, TOKENS, "1", Duration.ZERO);
    bookAt(ofAda, 2, TOKENS, "0.0000000001", Duration.ofDays(2));
    bookAt(ofBen, 3, SEARCHES, "0.5", Duration.ofHours(1));
    bookAt(ofNobody, 4, SEARCHES, "2", Duration.ofHours(2));
    bookAt(ofGlobex, 5, TOKENS, "100", Duration.ofDays(1));
  }

  private CostHistory history() {
    return stores().costHistory();
  }

  private List<GroupTotal> groups(Grouping grouping) {
    return history().groups(within(ACME.id()), ALL, grouping, 10);
  }

  /** Without the days of which everything was taken back. */
  private static List<DayTotal> costs(List<DayTotal> totals) {
    return totals.stream().filter(day -> !day.total().equals(Money.ZERO)).toList();
  }

  private void assertBeforeAndAfterFolding(Runnable assertions) {
    assertions.run();
    foldDays();
    assertions.run();
  }

  private void foldDays() {
    while (stores().transactions().inTransaction(() -> history().fold(2)) > 0) {
      // each step is one transaction
    }
  }

  /** A line of one unit that costs so much. */
  private void bookAt(Run run, long number, CostName name, String cents, Duration afterNoon) {
    var isNegative = cents.startsWith("-");
    book(
        run,
        CostLine.priced(
            lineId(number),
            run,
            name,
            quantity(isNegative ? "-1" : "1"),
            price(isNegative ? cents.substring(1) : cents),
            NOON.plus(afterNoon)));
  }

  private static Run run(
      long number,
      OrganizationId organization,
      RunOrigin origin,
      Slug project,
      @Nullable UserId user) {
    return Run.tracked(
        RunPath.ofRoot(runId(number)),
        organization,
        new RunSpace(project, RunSpace.DEFAULT.domain()),
        new RunName("r" + number),
        origin,
        RunLabels.NONE,
        user,
        NOON);
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
