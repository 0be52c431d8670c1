package dev.runs.adapters.persistence.cost;

import static dev.runs.adapters.persistence.generated.Tables.COST_OF_DAY;
import static dev.runs.adapters.persistence.generated.Tables.COST_OF_DAY_DELTA;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.CostOfDayDeltaRecord;
import dev.runs.domain.cost.Money;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Moves changes into the sums of the days: exactly those that it has deleted, in the same
 * transaction. Two who fold at once take different changes and meet at the sums in the same order.
 */
final class CostDayFolding {

  private record Key(UUID organization, String dimension, String day, String project, String group)
      implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::organization)
            .thenComparing(Key::dimension)
            .thenComparing(Key::day)
            .thenComparing(Key::project)
            .thenComparing(Key::group);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private final Database database;

  CostDayFolding(Database database) {
    this.database = database;
  }

  int fold(int most) {
    var taken = take(most);
    var sums = new TreeMap<Key, Money>();
    for (var change : taken) {
      var amount =
          new Money(new Amount(change.getAmountHi(), change.getAmountLo()).decimal(Money.SCALE));
      for (var dimension : Dimension.values()) {
        sums.merge(key(change, dimension), amount, Money::plus);
      }
    }
    add(sums);
    return taken.size();
  }

  private List<CostOfDayDeltaRecord> take(int most) {
    var db = database.db();
    var oldest =
        database
            .dialect()
            .takeUntaken(
                db.select(COST_OF_DAY_DELTA.ID)
                    .from(COST_OF_DAY_DELTA)
                    .orderBy(COST_OF_DAY_DELTA.ID)
                    .limit(most));
    return db.deleteFrom(COST_OF_DAY_DELTA)
        .where(COST_OF_DAY_DELTA.ID.in(oldest))
        .returning()
        .fetch();
  }

  private void add(SortedMap<Key, Money> sums) {
    if (sums.isEmpty()) {
      return;
    }
    var columns = List.of(COST_OF_DAY.fields());
    var batch =
        database
            .db()
            .batch(
                database
                    .db()
                    .insertInto(COST_OF_DAY)
                    .set(Database.unknown(columns))
                    .onConflict(COST_OF_DAY.getPrimaryKey().getFields())
                    .doUpdate()
                    .set(
                        COST_OF_DAY.AMOUNT_HI,
                        Amount.carried(COST_OF_DAY.AMOUNT_HI, COST_OF_DAY.AMOUNT_LO))
                    .set(COST_OF_DAY.AMOUNT_LO, Amount.rest(COST_OF_DAY.AMOUNT_LO)));
    for (var sum : sums.entrySet()) {
      var key = sum.getKey();
      var amount = Amount.of(sum.getValue().cents(), Money.SCALE);
      batch =
          batch.bind(
              key.organization(),
              key.dimension(),
              key.day(),
              key.project(),
              key.group(),
              amount.hi(),
              amount.lo());
    }
    batch.execute();
  }

  private static Key key(CostOfDayDeltaRecord change, Dimension dimension) {
    return new Key(
        change.getOrganizationId(),
        dimension.wireName(),
        change.getDay(),
        change.getProject(),
        dimension.keyOf(change));
  }
}
