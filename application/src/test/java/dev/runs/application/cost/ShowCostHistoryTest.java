package dev.runs.application.cost;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.BEN;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Receipt;
import dev.runs.application.UseCaseTest;
import dev.runs.application.cost.CostHistory.Grouping;
import dev.runs.application.cost.ShowCostHistory.Day;
import dev.runs.application.cost.ShowCostHistory.Group;
import dev.runs.application.cost.ShowCostHistory.Row;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looking at what was booked day by day. */
final class ShowCostHistoryTest extends UseCaseTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final Days TWO_DAYS = new Days(FIRST, FIRST.plusDays(1));

  private final ShowCostHistory showCostHistory =
      new ShowCostHistory(
          world.costHistory(), world.users(), world.organizations(), world.transactions(), clock);

  @Test
  void showsThirtyDaysUpToTodayUnlessToldOtherwise() {
    assertThat(showCostHistory.usualDays())
        .isEqualTo(new Days(LocalDate.parse("2026-01-31"), FIRST));
  }

  @Test
  void showsEachDayWithItsGroupsAndTheirShares() {
    book(run(1, "a", ADA.id()), TOKENS, "6");
    book(run(2, "b", BEN.id()), TOKENS, "2");
    clock.advance(Duration.ofDays(1));
    book(run(3, "b", null), SEARCHES, "2");

    var history = showCostHistory.show(OF_ACME, TWO_DAYS, Grouping.SERVICE);

    assertThat(history.total()).isEqualTo(money("8"));
    assertThat(history.groups())
        .containsExactly(group("b", "b", "5", "62.5"), group("a", "a", "3", "37.5"));
    assertThat(history.each())
        .containsExactly(
            new Day(FIRST, money("4"), List.of(money("1"), money("3")), Money.ZERO),
            new Day(FIRST.plusDays(1), money("4"), List.of(money("4"), Money.ZERO), Money.ZERO));
    assertThat(history.rest()).isEqualTo(Money.ZERO);
    assertThat(history.hasMore()).isFalse();
  }

  @Test
  void namesUsersAsTheirOrganizationDoes() {
    book(run(1, "a", ADA.id()), TOKENS, "6");
    book(run(2, "b", null), TOKENS, "2");

    assertThat(showCostHistory.show(OF_ACME, TWO_DAYS, Grouping.USER).groups())
        .containsExactly(
            group(ADA.id().toString(), "ada", "3", "75.0"),
            new Group("", Optional.empty(), money("1"), Optional.of(new BigDecimal("25.0"))));
  }

  @Test
  void putsTogetherWhatComesAfterTheLargestGroups() {
    for (var number = 1; number <= 12; number++) {
      book(run(number, "service-" + number, null), TOKENS, Integer.toString(number * 2));
    }

    var history = showCostHistory.show(OF_ACME, TWO_DAYS, Grouping.SERVICE);

    assertThat(history.top()).isEqualTo(8);
    assertThat(history.groups()).hasSize(12);
    assertThat(history.rest()).isEqualTo(money("10"));
    assertThat(history.each().getFirst().ofTop()).hasSize(8).startsWith(money("12"));
    assertThat(history.each().getFirst().rest()).isEqualTo(money("10"));
    assertThat(history.each().getFirst().total()).isEqualTo(money("78"));
  }

  @Test
  void hasNoSharesOfWhatComesToNothing() {
    var run = run(1, "a", null);
    book(run, TOKENS, "2");
    book(run, TOKENS, "-2");

    assertThat(showCostHistory.show(OF_ACME, TWO_DAYS, Grouping.SERVICE).groups())
        .containsExactly(new Group("a", Optional.of("a"), Money.ZERO, Optional.empty()));
  }

  @Test
  void showsNothingOfAnotherOrganization() {
    book(run(1, "a", ADA.id()), TOKENS, "6");

    var history = showCostHistory.show(OF_GLOBEX, TWO_DAYS, Grouping.SERVICE);

    assertThat(history.total()).isEqualTo(Money.ZERO);
    assertThat(history.groups()).isEmpty();
    assertThat(history.each()).hasSize(2);
  }

  @Test
  void dividesByOrganizationForWhoReachesAllOfThem() {
    book(run(1, "a", ADA.id()), TOKENS, "6");
    var theirs = rootOf(GLOBEX.id(), 2);
    add(theirs);
    bookOn(theirs, TOKENS, "2");

    assertThat(showCostHistory.show(PLATFORM, TWO_DAYS, Grouping.ORGANIZATION).groups())
        .containsExactly(
            group(ACME.id().toString(), "acme", "3", "75.0"),
            group(GLOBEX.id().toString(), "globex", "1", "25.0"));
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> showCostHistory.show(OF_ACME, TWO_DAYS, Grouping.ORGANIZATION));
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> showCostHistory.table(OF_ACME, TWO_DAYS, Grouping.ORGANIZATION));
  }

  @Test
  void givesTheSameAsATable() {
    book(run(1, "a", ADA.id()), TOKENS, "6");
    clock.advance(Duration.ofDays(1));
    book(run(2, "b", null), TOKENS, "2");

    assertThat(showCostHistory.table(OF_ACME, TWO_DAYS, Grouping.USER))
        .containsExactly(
            new Row(FIRST, ADA.id().toString(), Optional.of("ada"), money("3")),
            new Row(FIRST.plusDays(1), "", Optional.empty(), money("1")));
  }

  private Run run(long number, String service, @Nullable UserId user) {
    return Run.tracked(
        RunPath.ofRoot(runId(number)),
        ACME.id(),
        RunSpace.DEFAULT,
        new RunName("r" + number),
        new RunOrigin(service, "task"),
        RunLabels.NONE,
        user,
        NOON);
  }

  private void book(Run run, CostName name, String quantity) {
    if (!isThere(run)) {
      add(run);
    }
    bookOn(run, name, quantity);
  }

  private void bookOn(Run run, CostName name, String quantity) {
    addCosts()
        .addAll(
            PLATFORM,
            List.of(new NewCost(run.id(), name, quantity(quantity), Optional.empty())),
            Receipt.none());
  }

  private static Group group(String key, String name, String cents, String percent) {
    return new Group(key, Optional.of(name), money(cents), Optional.of(new BigDecimal(percent)));
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
