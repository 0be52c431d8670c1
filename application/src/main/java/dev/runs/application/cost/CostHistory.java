package dev.runs.application.cost;

import dev.runs.domain.access.Reach;
import dev.runs.domain.cost.Money;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * What was booked on each day of UTC. A line counts on the day on which it was booked, a correction
 * too; what somebody deletes is taken back from that day, and what goes for its age stays.
 */
public interface CostHistory {

  /** By what the costs of a day are divided. */
  enum Grouping {
    SERVICE,
    USER,
    COST_NAME,
    PROJECT,
    ORGANIZATION
  }

  /** What came together on a day. */
  record DayTotal(LocalDate day, Money total) {}

  /**
   * What came together in a group.
   *
   * @param key the name of the service, cost or project, or the id of the user or organization;
   *     empty for the runs of no user
   */
  record GroupTotal(String key, Money total) {}

  /**
   * What came together in a group on a day.
   *
   * @param key as in {@link GroupTotal}
   */
  record GroupOfDay(LocalDate day, String key, Money total) {}

  /** By day; a day on which nothing was booked is absent. */
  List<DayTotal> totals(Reach reach, Days days);

  /** The largest first; of the same size, by key. */
  List<GroupTotal> groups(Reach reach, Days days, Grouping grouping, int limit);

  /** Some groups day by day, by day and key. */
  List<GroupOfDay> daysOf(Reach reach, Days days, Grouping grouping, Collection<String> keys);

  /** All groups day by day, by day and key. */
  List<GroupOfDay> days(Reach reach, Days days, Grouping grouping, int limit);

  /**
   * Moves some changes to where reading is cheap; nothing that is read changes by it.
   *
   * @param most how many changes to move, at least 1
   * @return how many were moved
   */
  int fold(int most);
}
