package dev.runs.adapters.web.cost;

import dev.runs.adapters.web.frame.WrittenTime;
import dev.runs.application.cost.CostHistory.Grouping;
import dev.runs.application.cost.Days;
import dev.runs.application.cost.ShowCostHistory;
import dev.runs.domain.Rejection;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which costs somebody wants to see, as the address of the page says it.
 *
 * @param problem what was wrong with the address, in a sentence; the days are then the usual ones
 */
public record Question(Days days, Grouping grouping, @Nullable String problem) {

  /**
   * @param from a day, or nothing: so many days as usual before the last
   * @param to a day, or nothing: today
   * @param by how the costs are divided; by service when it is said in no known word
   */
  static Question of(String from, String to, String by, ShowCostHistory costs) {
    var grouping =
        Arrays.stream(Grouping.values())
            .filter(it -> wireName(it).equals(by))
            .findFirst()
            .orElse(Grouping.SERVICE);
    try {
      var last = to.isBlank() ? costs.today() : WrittenTime.day(to.strip());
      var first =
          from.isBlank()
              ? last.minusDays(ShowCostHistory.USUAL_DAYS - 1L)
              : WrittenTime.day(from.strip());
      return new Question(new Days(first, last), grouping, null);
    } catch (DateTimeException _) {
      return new Question(
          costs.usualDays(),
          grouping,
          "A day is written like this: " + costs.today() + "; the year is 1970 to 9999.");
    } catch (Rejection refusal) {
      return new Question(costs.usualDays(), grouping, refusal.sentence());
    }
  }

  /** As addresses and files write it. */
  public static String wireName(Grouping grouping) {
    return grouping.name().toLowerCase(Locale.ROOT);
  }

  /** The word of the grouping in the address. */
  public String by() {
    return wireName(grouping);
  }
}
