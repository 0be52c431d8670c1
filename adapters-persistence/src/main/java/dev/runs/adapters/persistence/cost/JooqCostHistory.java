package dev.runs.adapters.persistence.cost;

import static dev.runs.adapters.persistence.generated.Tables.COST_OF_DAY;
import static dev.runs.adapters.persistence.generated.Tables.COST_OF_DAY_DELTA;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.Database;
import dev.runs.application.cost.CostHistory;
import dev.runs.application.cost.Days;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.cost.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record4;
import org.jooq.ResultQuery;
import org.jooq.SelectLimitStep;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;

/**
 * Keeps what was booked in {@code cost_of_day}, and what is not yet added up there in {@code
 * cost_of_day_delta}. Both are read by one statement, so that nothing is missed or met twice while
 * changes are moved.
 */
public final class JooqCostHistory implements CostHistory {

  private static final Field<String> DAY = field(name("day"), String.class);
  private static final Field<String> KEY = field(name("group_key"), String.class);
  private static final Field<Long> HI = field(name("hi"), Long.class);
  private static final Field<Long> LO = field(name("lo"), Long.class);

  private final Database database;
  private final CostDayFolding folding;

  public JooqCostHistory(Database database) {
    this.database = database;
    this.folding = new CostDayFolding(database);
  }

  @Override
  public List<DayTotal> totals(Reach reach, Days days) {
    return database
        .db()
        .select(DAY, sum(HI), sum(LO))
        .from(parts(reach, days, Grouping.SERVICE))
        .groupBy(DAY)
        .orderBy(DAY)
        .fetch(
            row -> new DayTotal(LocalDate.parse(row.value1()), money(row.value2(), row.value3())));
  }

  @Override
  public List<GroupTotal> groups(Reach reach, Days days, Grouping grouping, int limit) {
    var hi = sum(HI).cast(SQLDataType.BIGINT);
    var lo = sum(LO).cast(SQLDataType.BIGINT);
    return database
        .db()
        .select(KEY, sum(HI), sum(LO))
        .from(parts(reach, days, grouping))
        .groupBy(KEY)
        .orderBy(
            hi.plus(lo.div(inline(Amount.LO_UNITS))).desc(),
            lo.mod(inline(Amount.LO_UNITS)).desc(),
            KEY)
        .limit(limit)
        .fetch(row -> new GroupTotal(row.value1(), money(row.value2(), row.value3())));
  }

  @Override
  public List<GroupOfDay> daysOf(
      Reach reach, Days days, Grouping grouping, Collection<String> keys) {
    return keys.isEmpty() ? List.of() : fetch(days(reach, days, grouping, KEY.in(keys)));
  }

  @Override
  public List<GroupOfDay> days(Reach reach, Days days, Grouping grouping, int limit) {
    return fetch(days(reach, days, grouping, noCondition()).limit(limit));
  }

  @Override
  public int fold(int most) {
    return folding.fold(most);
  }

  private SelectLimitStep<Record4<String, String, BigDecimal, BigDecimal>> days(
      Reach reach, Days days, Grouping grouping, Condition condition) {
    return database
        .db()
        .select(DAY, KEY, sum(HI), sum(LO))
        .from(parts(reach, days, grouping))
        .where(condition)
        .groupBy(DAY, KEY)
        .orderBy(DAY, KEY);
  }

  private static List<GroupOfDay> fetch(
      ResultQuery<Record4<String, String, BigDecimal, BigDecimal>> query) {
    return query.fetch(row ->
        new GroupOfDay(
            LocalDate.parse(row.value1()), row.value2(), money(row.value3(), row.value4())));
  }

  /** What was booked on the days, folded or not. The changes are few and read from end to end. */
  private static Table<?> parts(Reach reach, Days days, Grouping grouping) {
    var dimension = dimension(grouping);
    return select(
            COST_OF_DAY.DAY.as(DAY),
            folded(grouping).as(KEY),
            COST_OF_DAY.AMOUNT_HI.as(HI),
            COST_OF_DAY.AMOUNT_LO.as(LO))
        .from(COST_OF_DAY)
        .where(isWithin(reach, COST_OF_DAY.ORGANIZATION_ID, COST_OF_DAY.PROJECT))
        .and(COST_OF_DAY.DIMENSION.eq(dimension.wireName()))
        .and(isOneOf(days, COST_OF_DAY.DAY))
        .unionAll(
            select(
                    COST_OF_DAY_DELTA.DAY,
                    pending(grouping),
                    COST_OF_DAY_DELTA.AMOUNT_HI,
                    COST_OF_DAY_DELTA.AMOUNT_LO)
                .from(COST_OF_DAY_DELTA)
                .where(
                    isWithin(reach, COST_OF_DAY_DELTA.ORGANIZATION_ID, COST_OF_DAY_DELTA.PROJECT))
                .and(isOneOf(days, COST_OF_DAY_DELTA.DAY)))
        .asTable("parts");
  }

  /** Of projects and organizations the sums of the services are added up, which are the fewest. */
  private static Dimension dimension(Grouping grouping) {
    return switch (grouping) {
      case SERVICE, PROJECT, ORGANIZATION -> Dimension.SERVICE;
      case USER -> Dimension.USER;
      case COST_NAME -> Dimension.COST_NAME;
    };
  }

  private static Field<String> folded(Grouping grouping) {
    return switch (grouping) {
      case SERVICE, USER, COST_NAME -> COST_OF_DAY.GROUP_KEY;
      case PROJECT -> COST_OF_DAY.PROJECT;
      case ORGANIZATION -> COST_OF_DAY.ORGANIZATION_ID.cast(SQLDataType.VARCHAR);
    };
  }

  private static Field<String> pending(Grouping grouping) {
    return switch (grouping) {
      case SERVICE, USER, COST_NAME -> dimension(grouping).keyOfChange();
      case PROJECT -> COST_OF_DAY_DELTA.PROJECT;
      case ORGANIZATION -> COST_OF_DAY_DELTA.ORGANIZATION_ID.cast(SQLDataType.VARCHAR);
    };
  }

  private static Condition isWithin(
      Reach reach, TableField<?, UUID> organization, TableField<?, String> project) {
    return switch (reach) {
      case Reach.Everywhere _ -> noCondition();
      case Reach.Within(var only, var projects) when projects.isEmpty() ->
          organization.eq(only.value());
      case Reach.Within(var only, var projects) ->
          organization
              .eq(only.value())
              .and(project.in(projects.stream().map(Slug::value).sorted().toList()));
    };
  }

  private static Condition isOneOf(Days days, Field<String> day) {
    return day.between(days.first().toString(), days.last().toString());
  }

  private static Money money(BigDecimal hi, BigDecimal lo) {
    return new Money(Amount.decimal(hi, lo, Money.SCALE));
  }
}
