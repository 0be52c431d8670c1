package dev.runs.adapters.persistence.rollup;

import static dev.runs.adapters.persistence.generated.Tables.ROLLUP;
import static dev.runs.adapters.persistence.generated.Tables.ROLLUP_DELTA;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.RollupDeltaRecord;
import dev.runs.application.rollup.Ledger;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record6;
import org.jooq.Row2;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Keeps the sums of runs in {@code rollup} and what is not yet in them in {@code rollup_delta}. A
 * sum is read from both in one statement, so it is exact whatever is being written or folded.
 */
public final class JooqLedger implements Ledger {

  private static final Field<byte[]> NODE = DSL.field(DSL.name("node"), RUN.PATH.getDataType());
  private static final Field<String> MEASURE = DSL.field(DSL.name("measure"), String.class);
  private static final Field<Long> OWN_HI = DSL.field(DSL.name("own_hi"), Long.class);
  private static final Field<Long> OWN_LO = DSL.field(DSL.name("own_lo"), Long.class);
  private static final Field<Long> TOTAL_HI = DSL.field(DSL.name("total_hi"), Long.class);
  private static final Field<Long> TOTAL_LO = DSL.field(DSL.name("total_lo"), Long.class);

  private final Database database;
  private final LedgerFolding folding;

  public JooqLedger(Database database) {
    this.database = database;
    this.folding = new LedgerFolding(database);
  }

  @Override
  public void add(List<Delta> deltas) {
    database.add(deltas.stream().map(JooqLedger::toRow).toList());
  }

  @Override
  public Rollup of(RunPath run) {
    return ofAll(List.of(run)).getOrDefault(run.run(), Rollup.EMPTY);
  }

  @Override
  public Map<RunId, Rollup> ofAll(Collection<RunPath> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var sums = new HashMap<RunId, List<Rollup.Sum>>();
    for (var row : summed(folded(runs).unionAll(pending(runs)))) {
      var run = RunPath.ofBytes(row.get(NODE)).run();
      sums.computeIfAbsent(run, _ -> new ArrayList<>()).add(toSum(row));
    }
    var rollups = new HashMap<RunId, Rollup>();
    sums.forEach((run, all) -> rollups.put(run, Rollup.of(all)));
    return rollups;
  }

  @Override
  public Map<RunId, Money> ownCosts(Collection<RunPath> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var paths = runs.stream().map(RunPath::toBytes).toList();
    var ids = runs.stream().map(run -> run.run().value()).toList();
    var costs = new HashMap<RunId, Money>();
    var parts =
        database
            .db()
            .select(RUN.PATH.as(NODE), ROLLUP.OWN_HI.as(OWN_HI), ROLLUP.OWN_LO.as(OWN_LO))
            .from(ROLLUP)
            .join(RUN)
            .on(RUN.ID.eq(ROLLUP.RUN_ID))
            .where(ROLLUP.RUN_ID.in(ids))
            .and(Measures.isCost(ROLLUP.MEASURE))
            .and(ROLLUP.OWN_HI.isNotNull())
            .unionAll(
                DSL.select(ROLLUP_DELTA.PATH, ROLLUP_DELTA.AMOUNT_HI, ROLLUP_DELTA.AMOUNT_LO)
                    .from(ROLLUP_DELTA)
                    .where(ROLLUP_DELTA.PATH.in(paths))
                    .and(ROLLUP_DELTA.OWN)
                    .and(Measures.isCost(ROLLUP_DELTA.MEASURE)));
    var table = parts.asTable("parts");
    for (var row :
        database.db().select(NODE, sum(OWN_HI), sum(OWN_LO)).from(table).groupBy(NODE).fetch()) {
      costs.put(
          RunPath.ofBytes(row.value1()).run(),
          new Money(Amount.decimal(row.value2(), row.value3(), Money.SCALE)));
    }
    return costs;
  }

  @Override
  public int fold(int most) {
    return folding.fold(most);
  }

  private Iterable<? extends Record> summed(Select<?> parts) {
    return database
        .db()
        .select(
            NODE,
            MEASURE,
            sum(OWN_HI).as(OWN_HI.getName()),
            sum(OWN_LO).as(OWN_LO.getName()),
            sum(TOTAL_HI).as(TOTAL_HI.getName()),
            sum(TOTAL_LO).as(TOTAL_LO.getName()))
        .from(parts.asTable("parts"))
        .groupBy(NODE, MEASURE)
        .fetch();
  }

  private Select<Record6<byte[], String, Long, Long, Long, Long>> folded(Collection<RunPath> runs) {
    return database
        .db()
        .select(
            RUN.PATH.as(NODE),
            ROLLUP.MEASURE.as(MEASURE),
            ROLLUP.OWN_HI.as(OWN_HI),
            ROLLUP.OWN_LO.as(OWN_LO),
            ROLLUP.TOTAL_HI.as(TOTAL_HI),
            ROLLUP.TOTAL_LO.as(TOTAL_LO))
        .from(ROLLUP)
        .join(RUN)
        .on(RUN.ID.eq(ROLLUP.RUN_ID))
        .where(ROLLUP.RUN_ID.in(runs.stream().map(run -> run.run().value()).toList()));
  }

  @SuppressWarnings("unchecked") // an array of a generic type
  private static Select<Record6<byte[], String, Long, Long, Long, Long>> pending(
      Collection<RunPath> runs) {
    var end = DSL.field(DSL.name("node_end"), RUN.PATH.getDataType());
    var rows = (Row2<byte[], byte[]>[]) new Row2<?, ?>[runs.size()];
    var next = 0;
    for (var run : runs) {
      rows[next++] = row(val(run.toBytes(), NODE), val(run.endOfSubtree(), end));
    }
    var nodes = DSL.values(rows).as("nodes", NODE.getName(), end.getName());
    return DSL.select(
            NODE,
            ROLLUP_DELTA.MEASURE,
            own(ROLLUP_DELTA.AMOUNT_HI),
            own(ROLLUP_DELTA.AMOUNT_LO),
            ROLLUP_DELTA.AMOUNT_HI,
            ROLLUP_DELTA.AMOUNT_LO)
        .from(nodes)
        .join(ROLLUP_DELTA)
        .on(ROLLUP_DELTA.PATH.ge(NODE))
        .and(ROLLUP_DELTA.PATH.lt(end));
  }

  private static Field<Long> own(Field<Long> amount) {
    return when(condition(ROLLUP_DELTA.OWN).and(ROLLUP_DELTA.PATH.eq(NODE)), amount)
        .otherwise(inline(0L));
  }

  private static Rollup.Sum toSum(Record row) {
    var measure = Measure.ofKey(row.get(MEASURE));
    return new Rollup.Sum(
        measure, decimal(row, OWN_HI, OWN_LO, measure), decimal(row, TOTAL_HI, TOTAL_LO, measure));
  }

  private static BigDecimal decimal(Record row, Field<Long> hi, Field<Long> lo, Measure measure) {
    return Amount.decimal(orZero(row, hi), orZero(row, lo), measure.scale());
  }

  private static BigDecimal orZero(Record row, Field<Long> field) {
    var value = row.get(field.getName(), BigDecimal.class);
    return value == null ? BigDecimal.ZERO : value;
  }

  private static RollupDeltaRecord toRow(Delta delta) {
    var amount = Amount.of(delta.amount(), delta.measure().scale());
    var row = new RollupDeltaRecord();
    row.setPath(delta.path().toBytes());
    row.setOwn(delta.own());
    row.setMeasure(delta.measure().key());
    row.setAmountHi(amount.hi());
    row.setAmountLo(amount.lo());
    return row;
  }
}
