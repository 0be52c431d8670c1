package dev.runs.adapters.persistence.cost;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.generated.tables.records.CostLineRecord;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.cost.UnitPrice;
import dev.runs.domain.run.RunId;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Between cost lines and the rows of {@code cost_line}. */
public final class CostLineRows {

  private CostLineRows() {}

  static CostLineRecord toRow(CostLine line) {
    var quantity = Amount.of(line.quantity().value(), Quantity.SCALE);
    var total = Amount.of(line.total().cents(), Money.SCALE);
    var corrects = line.corrects();
    var row = new CostLineRecord();
    row.setId(line.id().value());
    row.setRunId(line.run().value());
    row.setCostName(line.name().value());
    row.setQuantityHi(quantity.hi());
    row.setQuantityLo(quantity.lo());
    row.setUnitPrice(toUnits(line.unitPrice()));
    row.setTotalHi(total.hi());
    row.setTotalLo(total.lo());
    row.setCorrectsId(corrects == null ? null : corrects.value());
    row.setCreatedAt(line.createdAt());
    return row;
  }

  /** The line that a row holds. */
  public static CostLine toLine(CostLineRecord row) {
    return new CostLine(
        new CostLineId(row.getId()),
        new RunId(row.getRunId()),
        new CostName(row.getCostName()),
        new Quantity(new Amount(row.getQuantityHi(), row.getQuantityLo()).decimal(Quantity.SCALE)),
        toPrice(row.getUnitPrice()),
        new Money(new Amount(row.getTotalHi(), row.getTotalLo()).decimal(Money.SCALE)),
        lineId(row.getCorrectsId()),
        row.getCreatedAt());
  }

  /** A price in units of 10⁻¹⁰ cents; the bound of a price keeps it far below 2⁶³. */
  static long toUnits(UnitPrice price) {
    return price.cents().setScale(UnitPrice.SCALE).unscaledValue().longValueExact();
  }

  static UnitPrice toPrice(long units) {
    return new UnitPrice(BigDecimal.valueOf(units, UnitPrice.SCALE));
  }

  private static @Nullable CostLineId lineId(@Nullable UUID id) {
    return id == null ? null : new CostLineId(id);
  }
}
