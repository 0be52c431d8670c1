package dev.runs.adapters.persistence.cost;

import static dev.runs.adapters.persistence.generated.Tables.RETAINED_COST;
import static dev.runs.adapters.persistence.generated.Tables.RETAINED_RUN;
import static dev.runs.adapters.persistence.generated.Tables.ROLLUP;
import static dev.runs.adapters.persistence.generated.Tables.ROLLUP_DELTA;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunConditions.matches;
import static dev.runs.adapters.persistence.run.RunRows.isCounted;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.substring;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.rollup.Measures;
import dev.runs.application.cost.CostSummaries;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.Reach;
import dev.runs.domain.cost.Money;
import dev.runs.domain.cost.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Sums what runs cost by themselves. It reads what the ledger has of each run, folded or pending,
 * which is a few rows a run however many lines it has, and what is remembered of runs that are
 * gone.
 */
public final class JooqCostSummaries implements CostSummaries {

  private static final int PREFIX = Measures.COST.length();

  private static final Field<String> MEASURE = field(name("measure"), String.class);
  private static final Field<Long> HI = field(name("hi"), Long.class);
  private static final Field<Long> LO = field(name("lo"), Long.class);
  private static final Field<Long> RUNS = field(name("runs"), Long.class);

  private final Database database;

  public JooqCostSummaries(Database database) {
    this.database = database;
  }

  @Override
  public List<RunGroup> byRun(Reach.Within reach, RunFilter filter, Grouping grouping, int limit) {
    var matches = matches(reach, filter).and(isCounted());
    return switch (grouping) {
      case SERVICE -> byRun(matches, new Retained(reach, filter), RUN.SERVICE, limit);
      case USER -> byRun(matches, new Retained(reach, filter), RUN.USER_ID, limit);
    };
  }

  private <K> List<RunGroup> byRun(Condition matches, Retained retained, Field<K> by, int limit) {
    var key = by.as("group_key");
    var ofCosts = Objects.requireNonNull(RETAINED_COST.field(by));
    var ofRuns = Objects.requireNonNull(RETAINED_RUN.field(by));
    var parts =
        select(key, inline(1L).as(RUNS), inline(null, HI).as(HI), inline(null, LO).as(LO))
            .from(RUN)
            .where(matches)
            .unionAll(
                select(by, inline(0L), ROLLUP.OWN_HI, ROLLUP.OWN_LO)
                    .from(RUN)
                    .join(ROLLUP)
                    .on(hasOwn())
                    .where(matches)
                    .and(Measures.isCost(ROLLUP.MEASURE)))
            .unionAll(
                select(by, inline(0L), ROLLUP_DELTA.AMOUNT_HI, ROLLUP_DELTA.AMOUNT_LO)
                    .from(ROLLUP_DELTA)
                    .join(RUN)
                    .on(isPendingAt())
                    .where(matches)
                    .and(Measures.isCost(ROLLUP_DELTA.MEASURE)))
            .unionAll(
                select(ofCosts, inline(0L), RETAINED_COST.TOTAL_HI, RETAINED_COST.TOTAL_LO)
                    .from(RETAINED_COST)
                    .where(retained.matches(RETAINED_COST)))
            .unionAll(
                select(ofRuns, RETAINED_RUN.RUNS, inline(null, HI), inline(null, LO))
                    .from(RETAINED_RUN)
                    .where(retained.matches(RETAINED_RUN)))
            .asTable("parts");
    var group = field(name(key.getName()), by.getDataType());
    return database
        .db()
        .select(group, sum(RUNS), sum(HI), sum(LO))
        .from(parts)
        .groupBy(group)
        .orderBy(group.asc().nullsLast())
        .limit(limit)
        .fetch(row ->
            new RunGroup(
                row.value1() == null ? null : row.value1().toString(),
                money(row.value3(), row.value4()),
                row.value2().longValueExact()));
  }

  @Override
  public List<NameGroup> byName(Reach.Within reach, RunFilter filter, int limit) {
    var matches = matches(reach, filter).and(isCounted());
    var retained = new Retained(reach, filter);
    var parts =
        select(ROLLUP.MEASURE.as(MEASURE), ROLLUP.OWN_HI.as(HI), ROLLUP.OWN_LO.as(LO))
            .from(RUN)
            .join(ROLLUP)
            .on(hasOwn())
            .where(matches)
            .unionAll(
                select(ROLLUP_DELTA.MEASURE, ROLLUP_DELTA.AMOUNT_HI, ROLLUP_DELTA.AMOUNT_LO)
                    .from(ROLLUP_DELTA)
                    .join(RUN)
                    .on(isPendingAt())
                    .where(matches))
            .unionAll(
                select(
                        concat(inline(Measures.COST), RETAINED_COST.COST_NAME),
                        RETAINED_COST.TOTAL_HI,
                        RETAINED_COST.TOTAL_LO)
                    .from(RETAINED_COST)
                    .where(retained.matches(RETAINED_COST)))
            .unionAll(
                select(
                        concat(inline(Measures.USED), RETAINED_COST.COST_NAME),
                        RETAINED_COST.QUANTITY_HI,
                        RETAINED_COST.QUANTITY_LO)
                    .from(RETAINED_COST)
                    .where(retained.matches(RETAINED_COST)))
            .asTable("parts");
    // inlined, for PostgreSQL takes two parameters for two different expressions
    var name = substring(MEASURE, inline(PREFIX + 1));
    return database
        .db()
        .select(
            name,
            sum(when(Measures.isCost(MEASURE), HI).otherwise(inline(0L))),
            sum(when(Measures.isCost(MEASURE), LO).otherwise(inline(0L))),
            sum(when(Measures.isUsed(MEASURE), HI).otherwise(inline(0L))),
            sum(when(Measures.isUsed(MEASURE), LO).otherwise(inline(0L))))
        .from(parts)
        .groupBy(name)
        .orderBy(name)
        .limit(limit)
        .fetch(row ->
            new NameGroup(
                row.value1(),
                new Money(Amount.decimal(row.value2(), row.value3(), Money.SCALE)),
                Amount.decimal(row.value4(), row.value5(), Quantity.SCALE)));
  }

  private static Condition hasOwn() {
    return ROLLUP.RUN_ID.eq(RUN.ID).and(ROLLUP.OWN_HI.isNotNull());
  }

  /** With the depth, which follows from the path, the run is found by the index of the tree. */
  private static Condition isPendingAt() {
    return condition(ROLLUP_DELTA.OWN)
        .and(RUN.DEPTH.eq(octetLength(ROLLUP_DELTA.PATH).div(inline(16))))
        .and(RUN.PATH.eq(ROLLUP_DELTA.PATH));
  }

  private static Field<Integer> octetLength(Field<byte[]> bytes) {
    return field("length({0})", Integer.class, bytes);
  }

  private static @Nullable Money money(@Nullable BigDecimal hi, @Nullable BigDecimal lo) {
    return hi == null || lo == null ? null : new Money(Amount.decimal(hi, lo, Money.SCALE));
  }
}
