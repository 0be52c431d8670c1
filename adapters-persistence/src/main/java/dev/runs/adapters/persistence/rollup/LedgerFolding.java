package dev.runs.adapters.persistence.rollup;

import static dev.runs.adapters.persistence.generated.Tables.ROLLUP;
import static dev.runs.adapters.persistence.generated.Tables.ROLLUP_DELTA;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.RollupDeltaRecord;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Field;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/**
 * Moves deltas into the sums of the runs above them: exactly those that it has deleted, in the same
 * transaction. Two who fold at once take different deltas and meet at the sums in the same order.
 */
final class LedgerFolding {

  private record Key(RunId run, String measure) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      var order = run.compareTo(other.run);
      return order != 0 ? order : measure.compareTo(other.measure);
    }
  }

  /** What is added at one run; own is null when nothing of it is the run's own. */
  private record Share(@Nullable BigDecimal own, BigDecimal total) {
    Share plus(Share other) {
      return new Share(sum(own, other.own), total.add(other.total));
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
      if (one == null) {
        return other;
      }
      return other == null ? one : one.add(other);
    }
  }

  private final Database database;

  LedgerFolding(Database database) {
    this.database = database;
  }

  int fold(int most) {
    var taken = take(most);
    var shares = new TreeMap<Key, Share>();
    for (var delta : taken) {
      share(delta, shares);
    }
    var living = living(shares.keySet());
    shares.keySet().removeIf(key -> !living.contains(key.run()));
    add(shares);
    return taken.size();
  }

  private List<RollupDeltaRecord> take(int most) {
    var db = database.db();
    var oldest =
        database
            .dialect()
            .takeUntaken(
                db.select(ROLLUP_DELTA.ID).from(ROLLUP_DELTA).orderBy(ROLLUP_DELTA.ID).limit(most));
    return db.deleteFrom(ROLLUP_DELTA).where(ROLLUP_DELTA.ID.in(oldest)).returning().fetch();
  }

  private static void share(RollupDeltaRecord delta, Map<Key, Share> shares) {
    var path = RunPath.ofBytes(delta.getPath());
    var scale = Measure.ofKey(delta.getMeasure()).scale();
    var amount = new Amount(delta.getAmountHi(), delta.getAmountLo()).decimal(scale);
    for (var run : path.ids()) {
      var isOwn = delta.getOwn() && run.equals(path.run());
      shares.merge(
          new Key(run, delta.getMeasure()), new Share(isOwn ? amount : null, amount), Share::plus);
    }
  }

  /** Runs that are gone have no sums any more. */
  private Set<RunId> living(Collection<Key> keys) {
    if (keys.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        database
            .db()
            .select(RUN.ID)
            .from(RUN)
            .where(RUN.ID.in(keys.stream().map(key -> key.run().value()).distinct().toList()))
            .fetch(row -> new RunId(row.value1())));
  }

  private void add(SortedMap<Key, Share> shares) {
    if (shares.isEmpty()) {
      return;
    }
    var batch = database.db().batch(upsert());
    for (var entry : shares.entrySet()) {
      batch = batch.bind(values(entry.getKey(), entry.getValue()));
    }
    batch.execute();
  }

  /** What a run has of its own stays as it is when nothing own is added. */
  private Query upsert() {
    var isNothingOwn = excluded(ROLLUP.OWN_HI).isNull();
    return database
        .db()
        .insertInto(
            ROLLUP,
            ROLLUP.RUN_ID,
            ROLLUP.MEASURE,
            ROLLUP.OWN_HI,
            ROLLUP.OWN_LO,
            ROLLUP.TOTAL_HI,
            ROLLUP.TOTAL_LO)
        .values(
            val(null, ROLLUP.RUN_ID),
            val(null, ROLLUP.MEASURE),
            val(null, ROLLUP.OWN_HI),
            val(null, ROLLUP.OWN_LO),
            val(null, ROLLUP.TOTAL_HI),
            val(null, ROLLUP.TOTAL_LO))
        .onConflict(ROLLUP.RUN_ID, ROLLUP.MEASURE)
        .doUpdate()
        .set(
            ROLLUP.OWN_HI,
            when(isNothingOwn, ROLLUP.OWN_HI).otherwise(carried(ROLLUP.OWN_HI, ROLLUP.OWN_LO)))
        .set(ROLLUP.OWN_LO, when(isNothingOwn, ROLLUP.OWN_LO).otherwise(rest(ROLLUP.OWN_LO)))
        .set(ROLLUP.TOTAL_HI, carried(ROLLUP.TOTAL_HI, ROLLUP.TOTAL_LO))
        .set(ROLLUP.TOTAL_LO, rest(ROLLUP.TOTAL_LO));
  }

  private static @Nullable Object[] values(Key key, Share share) {
    var scale = Measure.ofKey(key.measure()).scale();
    var total = Amount.of(share.total(), scale);
    var own = share.own() == null ? null : Amount.of(share.own(), scale);
    return new @Nullable Object[] {
      key.run().value(),
      key.measure(),
      own == null ? null : own.hi(),
      own == null ? null : own.lo(),
      total.hi(),
      total.lo()
    };
  }

  private static Field<Long> carried(Field<Long> hi, Field<Long> lo) {
    return orZero(hi)
        .plus(orZero(excluded(hi)))
        .plus(orZero(lo).plus(orZero(excluded(lo))).div(inline(Amount.LO_UNITS)));
  }

  private static Field<Long> rest(Field<Long> lo) {
    return orZero(lo).plus(orZero(excluded(lo))).mod(inline(Amount.LO_UNITS));
  }

  private static Field<Long> orZero(Field<Long> field) {
    return coalesce(field, inline(0L));
  }
}
