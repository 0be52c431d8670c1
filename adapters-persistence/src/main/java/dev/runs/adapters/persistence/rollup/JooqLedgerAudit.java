package dev.runs.adapters.persistence.rollup;

import static dev.runs.adapters.persistence.generated.Tables.COST_LINE;
import static dev.runs.adapters.persistence.generated.Tables.ROLLUP_DELTA;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.Database;
import dev.runs.application.rollup.LedgerAudit;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record1;

/**
 * Adds up facts by a recursive query along {@code parent_id}, so that it trusts neither the ledger
 * nor the paths.
 */
public final class JooqLedgerAudit implements LedgerAudit {

  private static final Field<UUID> NODE = RUN.ID.as("node");

  private final Database database;

  public JooqLedgerAudit(Database database) {
    this.database = database;
  }

  @Override
  public List<RunPath> sample(Optional<RunId> after, int most) {
    return database
        .db()
        .select(RUN.PATH)
        .from(RUN)
        .where(after.map(run -> RUN.ID.gt(run.value())).orElse(noCondition()))
        .and(isNotBeingDeleted())
        .orderBy(RUN.ID)
        .limit(most)
        .fetch(row -> RunPath.ofBytes(row.value1()));
  }

  @Override
  public Rollup recount(RunPath run) {
    var sums = new ArrayList<>(descendants(run));
    sums.addAll(costs(run));
    return Rollup.of(sums);
  }

  @Override
  public int pending(int most) {
    return database.db().fetchCount(selectOne().from(ROLLUP_DELTA).limit(most));
  }

  private List<Rollup.Sum> descendants(RunPath run) {
    var tree = tree(run.run());
    return database
        .db()
        .withRecursive(tree)
        .select(RUN.STATE, count())
        .from(tree)
        .join(RUN)
        .on(RUN.ID.eq(tree.field(NODE)))
        .where(RUN.ID.ne(run.run().value()))
        .groupBy(RUN.STATE)
        .fetch(row ->
            new Rollup.Sum(
                new Measure.Descendants(StateName.ofWireName(row.value1()).orElseThrow()),
                BigDecimal.ZERO,
                BigDecimal.valueOf(row.value2())));
  }

  private List<Rollup.Sum> costs(RunPath run) {
    var tree = tree(run.run());
    var rows =
        database
            .db()
            .withRecursive(tree)
            .select(
                COST_LINE.COST_NAME,
                own(run, COST_LINE.TOTAL_HI),
                own(run, COST_LINE.TOTAL_LO),
                sum(COST_LINE.TOTAL_HI),
                sum(COST_LINE.TOTAL_LO),
                own(run, COST_LINE.QUANTITY_HI),
                own(run, COST_LINE.QUANTITY_LO),
                sum(COST_LINE.QUANTITY_HI),
                sum(COST_LINE.QUANTITY_LO))
            .from(tree)
            .join(COST_LINE)
            .on(COST_LINE.RUN_ID.eq(tree.field(NODE)))
            .groupBy(COST_LINE.COST_NAME)
            .fetch();
    var sums = new ArrayList<Rollup.Sum>();
    for (var row : rows) {
      var cost = new Measure.Cost(new CostName(row.value1()));
      var used = new Measure.Used(new CostName(row.value1()));
      sums.add(
          new Rollup.Sum(
              cost,
              Amount.decimal(row.value2(), row.value3(), cost.scale()),
              Amount.decimal(row.value4(), row.value5(), cost.scale())));
      sums.add(
          new Rollup.Sum(
              used,
              Amount.decimal(row.value6(), row.value7(), used.scale()),
              Amount.decimal(row.value8(), row.value9(), used.scale())));
    }
    return sums;
  }

  private static Field<BigDecimal> own(RunPath run, Field<Long> amount) {
    return sum(when(COST_LINE.RUN_ID.eq(run.run().value()), amount).otherwise(inline(0L)));
  }

  private static CommonTableExpression<Record1<UUID>> tree(RunId root) {
    var tree = name("tree");
    return tree.fields(NODE.getName())
        .as(
            select(RUN.ID)
                .from(RUN)
                .where(RUN.ID.eq(root.value()))
                .unionAll(
                    select(RUN.ID)
                        .from(tree)
                        .join(RUN)
                        .on(
                            RUN.PARENT_ID.eq(
                                org.jooq.impl.DSL.field(
                                    name("tree", NODE.getName()), UUID.class)))));
  }
}
