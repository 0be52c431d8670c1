package dev.runs.application.cost;

import dev.runs.domain.cost.CostRejected;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * Some days of UTC in a row, at most {@value #MOST}, of the years {@value #FIRST_YEAR} to {@value
 * #LAST_YEAR}.
 *
 * @param first included
 * @param last included, not before the first
 */
public record Days(LocalDate first, LocalDate last) {

  /** So many days can be looked at at once. */
  public static final int MOST = 400;

  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;

  /**
   * @throws CostRejected.BadPeriod when the last comes before the first, they are too many, or they
   *     lie in other years
   */
  public Days {
    var count = ChronoUnit.DAYS.between(first, last) + 1;
    if (count < 1 || count > MOST || first.getYear() < FIRST_YEAR || last.getYear() > LAST_YEAR) {
      throw new CostRejected.BadPeriod(MOST, FIRST_YEAR, LAST_YEAR);
    }
  }

  /** So many days of which this is the last. */
  public static Days upTo(LocalDate last, int count) {
    return new Days(last.minusDays(count - 1L), last);
  }

  public int count() {
    return Math.toIntExact(ChronoUnit.DAYS.between(first, last)) + 1;
  }

  /** Each of them, in order. */
  public Stream<LocalDate> each() {
    return first.datesUntil(last.plusDays(1));
  }
}
