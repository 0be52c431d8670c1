package dev.runs.adapters.rest.cost;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.cost.CostLine;
import org.jspecify.annotations.Nullable;

/**
 * A cost line as it is shown; its decimals are texts, for a program that reads numbers as doubles
 * would change them.
 */
public record CostJson(
    String id,
    String runId,
    String costName,
    String quantity,
    String unitCostInUsdCents,
    String totalCostInUsdCents,
    String createdAt,
    @Nullable String correctsCostId) {

  public static CostJson of(CostLine line) {
    var corrects = line.corrects();
    return new CostJson(
        line.id().toString(),
        line.run().toString(),
        line.name().value(),
        line.quantity().rounded().value().toPlainString(),
        line.unitPrice().rounded().cents().toPlainString(),
        line.total().toString(),
        Times.written(line.createdAt()),
        corrects == null ? null : corrects.toString());
  }
}
