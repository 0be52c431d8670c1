package dev.runs.adapters.web.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.cost.CostHistory.Grouping;
import dev.runs.application.cost.Days;
import dev.runs.application.cost.ShowCostHistory;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What the address of the page of costs asks for. */
final class QuestionTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-03-01");

  private final InMemoryWorld world = new InMemoryWorld();
  private final ShowCostHistory costs =
      new ShowCostHistory(
          world.costHistory(),
          world.users(),
          world.organizations(),
          world.transactions(),
          InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));

  @Test
  void isAboutThirtyDaysByServiceWhenItSaysNothing() {
    assertThat(question("", "", ""))
        .isEqualTo(new Question(Days.upTo(TODAY, 30), Grouping.SERVICE, null));
  }

  @Test
  void isAboutTheDaysItNames() {
    assertThat(question("2026-01-01", "2026-01-31", "cost_name"))
        .isEqualTo(
            new Question(
                new Days(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-31")),
                Grouping.COST_NAME,
                null));
    assertThat(question("2026-02-20", "", "user").days())
        .isEqualTo(new Days(LocalDate.parse("2026-02-20"), TODAY));
    assertThat(question("", "2026-01-30", "").days())
        .isEqualTo(new Days(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-30")));
  }

  @Test
  void saysWhatIsWrongWithDaysThatAreNone() {
    assertThat(question("yesterday", "", "").problem())
        .isEqualTo("A day is written like this: 2026-03-01; the year is 1970 to 9999.");
    assertThat(question("", "+999999999-12-31", "").problem()).contains("1970 to 9999");
    assertThat(question("1969-12-31", "", "").problem()).contains("1970 to 9999");
    assertThat(question("2026-02-02", "2026-02-01", "").problem()).contains("1 to 400 days");
    assertThat(question("2020-02-02", "", "").problem()).contains("1 to 400 days");
    assertThat(question("2020-02-02", "", "").days()).isEqualTo(Days.upTo(TODAY, 30));
  }

  private Question question(String from, String to, String by) {
    return Question.of(from, to, by, costs);
  }
}
