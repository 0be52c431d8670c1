package dev.runs.application.cost;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.access.Organizations;
import dev.runs.application.access.Users;
import dev.runs.application.cost.CostHistory.DayTotal;
import dev.runs.application.cost.CostHistory.GroupOfDay;
import dev.runs.application.cost.CostHistory.GroupTotal;
import dev.runs.application.cost.CostHistory.Grouping;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows what was booked day by day, divided by service, user, cost name, project. */
public final class ShowCostHistory {

  /** How many days are shown when nobody says which. */
  public static final int USUAL_DAYS = 30;

  /** So many groups are told day by day; all others together. */
  public static final int TOP = 8;

  /** So many groups are told at all, the largest ones. */
  public static final int MOST_GROUPS = 200;

  /** So many rows a table of all days and groups may have. */
  public static final int MOST_ROWS = 50_000;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final CostHistory history;
  private final Users users;
  private final Organizations organizations;
  private final Transactions transactions;
  private final InstantSource clock;

  public ShowCostHistory(
      CostHistory history,
      Users users,
      Organizations organizations,
      Transactions transactions,
      InstantSource clock) {
    this.history = history;
    this.users = users;
    this.organizations = organizations;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * @param name what people call it: of a user or an organization the external id; nothing for the
   *     runs of no user
   * @param percent of all, with one decimal; nothing where the whole is not more than nothing
   */
  public record Group(
      String key, Optional<String> name, Money total, Optional<BigDecimal> percent) {}

  /**
   * @param ofTop what each of the top groups cost, in their order
   * @param rest what all others cost
   */
  public record Day(LocalDate day, Money total, List<Money> ofTop, Money rest) {

    public Day {
      ofTop = List.copyOf(ofTop);
    }
  }

  /**
   * @param each every one of the days, also those without costs
   * @param groups at most {@value #MOST_GROUPS}, the largest first
   * @param top how many of the groups, from the first on, are told day by day
   * @param rest what all groups behind those come to
   * @param hasMore whether there are more groups than are told
   */
  public record History(
      Days days,
      Grouping grouping,
      List<Day> each,
      List<Group> groups,
      int top,
      Money total,
      Money rest,
      boolean hasMore) {

    public History {
      each = List.copyOf(each);
      groups = List.copyOf(groups);
    }
  }

  /** A row of a table of all days and groups. */
  public record Row(LocalDate day, String key, Optional<String> name, Money total) {}

  /** The days that are shown when nobody says which, up to today. */
  public Days usualDays() {
    return Days.upTo(today(), USUAL_DAYS);
  }

  /** The present day of UTC. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /**
   * Of the organization in which the caller acts; of all of them when they are what it is divided
   * by.
   *
   * @throws AccessRejected.ScopeMissing when the caller may not read runs, or not those of all
   *     organizations
   */
  public History show(Caller caller, Days days, Grouping grouping) {
    var reach = reach(caller, grouping);
    return transactions.inSnapshot(() -> history(reach, days, grouping));
  }

  /**
   * The same as a table, by day and key.
   *
   * @throws CostRejected.TooManyRows when it has more than {@value #MOST_ROWS}
   */
  public List<Row> table(Caller caller, Days days, Grouping grouping) {
    var reach = reach(caller, grouping);
    return transactions.inSnapshot(() -> {
      var rows = history.days(reach, days, grouping, MOST_ROWS + 1);
      if (rows.size() > MOST_ROWS) {
        throw new CostRejected.TooManyRows(MOST_ROWS);
      }
      var names = names(grouping, rows.stream().map(GroupOfDay::key).distinct().toList());
      return rows.stream()
          .map(row -> new Row(row.day(), row.key(), name(names, row.key()), row.total()))
          .toList();
    });
  }

  private static Reach reach(Caller caller, Grouping grouping) {
    caller.require(Scope.RUNS_READ);
    if (grouping == Grouping.ORGANIZATION) {
      caller.require(Scope.PLATFORM_ADMIN);
      return caller.reach();
    }
    return caller.reach().in(caller.organization()).orElseThrow();
  }

  private History history(Reach reach, Days days, Grouping grouping) {
    var totals =
        history.totals(reach, days).stream()
            .collect(Collectors.toMap(DayTotal::day, DayTotal::total));
    var total = totals.values().stream().reduce(Money.ZERO, Money::plus);
    var found = history.groups(reach, days, grouping, MOST_GROUPS + 1);
    var told = found.subList(0, Math.min(MOST_GROUPS, found.size()));
    var top = told.subList(0, Math.min(TOP, told.size())).stream().map(GroupTotal::key).toList();
    var ofTop = new HashMap<LocalDate, Map<String, Money>>();
    history
        .daysOf(reach, days, grouping, top)
        .forEach(group ->
            ofTop
                .computeIfAbsent(group.day(), _ -> new HashMap<>())
                .put(group.key(), group.total()));
    var names = names(grouping, told.stream().map(GroupTotal::key).toList());
    return new History(
        days,
        grouping,
        days.each()
            .map(day ->
                day(
                    day,
                    totals.getOrDefault(day, Money.ZERO),
                    top,
                    ofTop.getOrDefault(day, Map.of())))
            .toList(),
        told.stream()
            .map(group ->
                new Group(
                    group.key(),
                    name(names, group.key()),
                    group.total(),
                    percent(group.total(), total)))
            .toList(),
        top.size(),
        total,
        told.stream().limit(top.size()).map(GroupTotal::total).reduce(total, Money::minus),
        found.size() > told.size());
  }

  private static Day day(
      LocalDate day, Money total, List<String> top, Map<String, Money> ofGroups) {
    var ofTop = top.stream().map(key -> ofGroups.getOrDefault(key, Money.ZERO)).toList();
    return new Day(day, total, ofTop, ofTop.stream().reduce(total, Money::minus));
  }

  private static Optional<BigDecimal> percent(Money part, Money whole) {
    return whole.cents().signum() > 0
        ? Optional.of(part.cents().multiply(HUNDRED).divide(whole.cents(), 1, RoundingMode.HALF_UP))
        : Optional.empty();
  }

  /** Of groups that are known by an id; of a user or an organization that is gone there is none. */
  private Map<String, String> names(Grouping grouping, Collection<String> keys) {
    return switch (grouping) {
      case SERVICE, COST_NAME, PROJECT ->
          keys.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
      case USER -> {
        var ids = keys.stream().filter(key -> !key.isEmpty()).map(ShowCostHistory::user).toList();
        yield ids.isEmpty()
            ? Map.of()
            : users.findAll(ids).values().stream()
                .collect(
                    Collectors.toMap(
                        user -> user.id().toString(), user -> user.externalId().value()));
      }
      case ORGANIZATION -> {
        var ids = keys.stream().map(ShowCostHistory::organization).toList();
        yield ids.isEmpty()
            ? Map.of()
            : organizations.findAll(ids).values().stream()
                .collect(
                    Collectors.toMap(
                        found -> found.id().toString(), found -> found.externalId().value()));
      }
    };
  }

  private static UserId user(String key) {
    return new UserId(UUID.fromString(key));
  }

  private static OrganizationId organization(String key) {
    return new OrganizationId(UUID.fromString(key));
  }

  private static Optional<String> name(Map<String, String> names, String key) {
    return Optional.ofNullable(names.get(key));
  }
}
