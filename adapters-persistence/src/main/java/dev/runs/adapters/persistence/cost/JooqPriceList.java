package dev.runs.adapters.persistence.cost;

import static dev.runs.adapters.persistence.generated.Tables.PRICE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.PriceRecord;
import dev.runs.application.cost.PriceList;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Price;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/** Keeps the price list in the table {@code price}. */
public final class JooqPriceList implements PriceList {

  private final Database database;

  public JooqPriceList(Database database) {
    this.database = database;
  }

  @Override
  public Price put(Price price) {
    var units = CostLineRows.toUnits(price.unitPrice());
    return database
        .db()
        .insertInto(PRICE)
        .set(PRICE.ID, price.id())
        .set(PRICE.NAME, price.name().value())
        .set(PRICE.UNIT_PRICE, units)
        .set(PRICE.EFFECTIVE_FROM, price.effectiveFrom())
        .set(PRICE.CREATED_AT, price.createdAt())
        .set(PRICE.UPDATED_AT, price.updatedAt())
        .onConflict(PRICE.NAME, PRICE.EFFECTIVE_FROM)
        .doUpdate()
        .set(PRICE.UNIT_PRICE, units)
        .set(PRICE.UPDATED_AT, price.updatedAt())
        .returning()
        .fetchSingle(JooqPriceList::toPrice);
  }

  @Override
  public Map<CostName, Price> inEffect(Collection<CostName> names, Instant at) {
    if (names.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(PRICE)
        .where(PRICE.NAME.in(names.stream().map(CostName::value).toList()))
        .and(isInEffect(at))
        .fetchMap(row -> new CostName(row.getName()), JooqPriceList::toPrice);
  }

  @Override
  public List<Price> inEffect(Instant at, Optional<CostName> after, int limit) {
    return database
        .db()
        .selectFrom(PRICE)
        .where(after.map(name -> PRICE.NAME.gt(name.value())).orElse(noCondition()))
        .and(isInEffect(at))
        .orderBy(PRICE.NAME)
        .limit(limit)
        .fetch(JooqPriceList::toPrice);
  }

  @Override
  public List<Price> history(CostName name, Optional<Instant> before, int limit) {
    return database
        .db()
        .selectFrom(PRICE)
        .where(PRICE.NAME.eq(name.value()))
        .and(before.map(PRICE.EFFECTIVE_FROM::lt).orElse(noCondition()))
        .orderBy(PRICE.EFFECTIVE_FROM.desc())
        .limit(limit)
        .fetch(JooqPriceList::toPrice);
  }

  @Override
  public boolean remove(CostName name) {
    return database.db().deleteFrom(PRICE).where(PRICE.NAME.eq(name.value())).execute() > 0;
  }

  private static Condition isInEffect(Instant at) {
    var other = PRICE.as("other");
    return PRICE.EFFECTIVE_FROM.eq(
        field(
            select(max(other.EFFECTIVE_FROM))
                .from(other)
                .where(other.NAME.eq(PRICE.NAME))
                .and(other.EFFECTIVE_FROM.le(at))));
  }

  private static Price toPrice(PriceRecord row) {
    return new Price(
        row.getId(),
        new CostName(row.getName()),
        CostLineRows.toPrice(row.getUnitPrice()),
        row.getEffectiveFrom(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
