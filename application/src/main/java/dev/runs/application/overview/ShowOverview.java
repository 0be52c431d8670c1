package dev.runs.application.overview;

import dev.runs.application.Caller;
import dev.runs.application.Health;
import dev.runs.application.Transactions;
import dev.runs.application.cost.CostHistory;
import dev.runs.application.cost.CostHistory.DayTotal;
import dev.runs.application.cost.Days;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.overview.Activity.Hour;
import dev.runs.application.overview.Activity.Tally;
import dev.runs.application.rollup.LedgerAudit;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows how the organization in which the caller acts is doing. */
public final class ShowOverview {

  /** Up to how many runs of a state are counted. */
  public static final int FARTHEST = 10_000;

  /** How many failures are shown. */
  public static final int FAILURES = 8;

  /** Up to how many events and changes without a place are counted. */
  public static final int MOST_PENDING = 10_000;

  private static final int HOURS_OF_DAY = 24;
  private static final int HOURS_OF_WEEK = 7 * HOURS_OF_DAY;

  private final PresentRuns runs;
  private final Activity activity;
  private final CostHistory costs;
  private final RunEventLog events;
  private final LedgerAudit ledger;
  private final Health health;
  private final Transactions transactions;
  private final InstantSource clock;

  public ShowOverview(
      PresentRuns runs,
      Activity activity,
      CostHistory costs,
      RunEventLog events,
      LedgerAudit ledger,
      Health health,
      Transactions transactions,
      InstantSource clock) {
    this.runs = runs;
    this.activity = activity;
    this.costs = costs;
    this.events = events;
    this.ledger = ledger;
    this.health = health;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * How many there are.
   *
   * @param isCapped whether there are more than were counted
   */
  public record Count(int value, boolean isCapped) {

    static Count of(int counted) {
      return new Count(Math.min(counted, FARTHEST), counted > FARTHEST);
    }
  }

  /**
   * What happened lately. Hours are those of UTC, the last one is not over yet.
   *
   * @param hours the last {@value #HOURS_OF_WEEK}, also those in which nothing happened
   */
  public record Lately(List<Hour> hours) {

    public Lately {
      hours = List.copyOf(hours);
    }

    /** Since the last full hour. */
    public Tally thisHour() {
      return hours.getLast().tally();
    }

    /** In the hour before that. */
    public Tally lastHour() {
      return hours.get(hours.size() - 2).tally();
    }

    /** In the last 24 hours, with the present one. */
    public Tally day() {
      return sum(ofDay());
    }

    /** In the last seven days, with the present hour. */
    public Tally week() {
      return sum(hours);
    }

    /** The hours of the last day. */
    public List<Hour> ofDay() {
      return hours.subList(hours.size() - HOURS_OF_DAY, hours.size());
    }

    /** Stretches of 24 hours, the last one up to now; each with its first hour. */
    public List<Hour> ofWeek() {
      var days = new ArrayList<Hour>();
      for (var first = 0; first < hours.size(); first += HOURS_OF_DAY) {
        var day = hours.subList(first, first + HOURS_OF_DAY);
        days.add(new Hour(day.getFirst().begin(), sum(day)));
      }
      return days;
    }

    private static Tally sum(List<Hour> hours) {
      return hours.stream().map(Hour::tally).reduce(Tally.NONE, Tally::plus);
    }
  }

  /**
   * How well the service keeps up.
   *
   * @param problem why requests cannot be answered; nothing when they can
   * @param waitingEvents that have no place in the log yet, up to {@value #MOST_PENDING}
   * @param waitingSums changes that are not folded yet, up to {@value #MOST_PENDING}
   */
  public record Service(Optional<String> problem, int waitingEvents, int waitingSums) {}

  /**
   * @param states how many runs are in each state; every state
   * @param costToday what was booked since midnight in UTC
   * @param costYesterday what was booked on the whole day before
   */
  public record Overview(
      Instant at,
      Map<StateName, Count> states,
      Lately lately,
      Money costToday,
      Money costYesterday,
      Optional<Run> oldestQueued,
      Optional<Run> longestRunning,
      List<Run> lastFailures,
      Service service) {

    public Overview {
      states = Map.copyOf(states);
      lastFailures = List.copyOf(lastFailures);
    }

    /** Whether the organization has, and lately had, no run at all. */
    public boolean isEmpty() {
      return states.values().stream().allMatch(count -> count.value() == 0)
          && lately.week().equals(Tally.NONE);
    }
  }

  /**
   * As it is at one moment.
   *
   * @throws dev.runs.domain.access.AccessRejected.ScopeMissing when the caller may not read runs
   */
  public Overview show(Caller caller) {
    caller.require(Scope.RUNS_READ);
    var reach = caller.reach().in(caller.organization()).orElseThrow();
    var problem = health.problem();
    return transactions.inSnapshot(() -> overview(reach, problem));
  }

  private Overview overview(Reach.Within reach, Optional<String> problem) {
    var now = clock.instant();
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var booked =
        costs.totals(reach, Days.upTo(today, 2)).stream()
            .collect(Collectors.toMap(DayTotal::day, DayTotal::total));
    return new Overview(
        now,
        states(reach),
        lately(reach, now.truncatedTo(ChronoUnit.HOURS)),
        booked.getOrDefault(today, Money.ZERO),
        booked.getOrDefault(today.minusDays(1), Money.ZERO),
        runs.oldestQueued(reach),
        runs.longestRunning(reach),
        runs.lastFailures(reach, FAILURES),
        new Service(problem, events.waiting(MOST_PENDING), ledger.pending(MOST_PENDING)));
  }

  private Map<StateName, Count> states(Reach.Within reach) {
    var counts = new EnumMap<StateName, Count>(StateName.class);
    runs.count(reach, FARTHEST + 1)
        .forEach((state, counted) -> counts.put(state, Count.of(counted)));
    return counts;
  }

  private Lately lately(Reach.Within reach, Instant present) {
    var first = present.minus(Duration.ofHours(HOURS_OF_WEEK - 1L));
    var known =
        activity.hours(reach, first, present.plus(Duration.ofHours(1))).stream()
            .collect(Collectors.toMap(Hour::begin, Hour::tally));
    var hours = new ArrayList<Hour>(HOURS_OF_WEEK);
    for (var number = 0; number < HOURS_OF_WEEK; number++) {
      var begin = first.plus(Duration.ofHours(number));
      hours.add(new Hour(begin, known.getOrDefault(begin, Tally.NONE)));
    }
    return new Lately(hours);
  }
}
