package dev.runs.adapters.rest.validation;

import dev.runs.adapters.rest.json.Times;
import dev.runs.adapters.rest.registry.Decimals;
import dev.runs.domain.validation.Validation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A validation as lists and its run show it; what was not said is null.
 *
 * @param passed whether the data may be used
 * @param errorRate errors for each row, computed here
 * @param durationMs how long it took, in milliseconds
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ValidationLineJson(
    String id,
    String contractId,
    @Nullable String contractVersion,
    @Nullable String schemaName,
    @Nullable String runId,
    @Nullable String pipelineId,
    @Nullable String environment,
    String status,
    boolean passed,
    long rowCount,
    long errorCount,
    BigDecimal errorRate,
    @Nullable BigDecimal durationMs,
    String recordedAt,
    String recordedBy) {

  public static ValidationLineJson of(Validation validation) {
    var counts = validation.counts();
    return new ValidationLineJson(
        validation.id().toString(),
        validation.contract().value(),
        validation.contractVersion().orElse(null),
        validation.schemaName().orElse(null),
        validation.run().map(Object::toString).orElse(null),
        validation.pipelineId().orElse(null),
        validation.environment().orElse(null),
        validation.verdict().wireName(),
        validation.verdict().passes(),
        counts.rows(),
        counts.errors(),
        Decimals.written(counts.errorRate()),
        validation.duration().map(Decimals::millis).orElse(null),
        Times.written(validation.recordedAt()),
        validation.recordedBy().value());
  }
}
