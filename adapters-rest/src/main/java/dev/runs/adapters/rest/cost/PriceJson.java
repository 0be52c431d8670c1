package dev.runs.adapters.rest.cost;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.cost.Price;

/** A price as it is shown; another server reads it in this form too. */
record PriceJson(
    String id,
    String name,
    String costPerUnitInUsdCents,
    String effectiveFrom,
    String createdAt,
    String updatedAt) {

  static PriceJson of(Price price) {
    return new PriceJson(
        price.id().toString(),
        price.name().value(),
        price.unitPrice().rounded().cents().toPlainString(),
        Times.written(price.effectiveFrom()),
        Times.written(price.createdAt()),
        Times.written(price.updatedAt()));
  }
}
