package dev.runs.adapters.rest.validation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runs.adapters.rest.registry.Decimals;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.Validation;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A validation with everything it found, in both forms that the pipeline registry knows.
 *
 * @param sampleErrors an array
 * @param metadata an object
 */
@JsonNaming(SnakeCaseStrategy.class)
record ValidationJson(
    @JsonUnwrapped ValidationLineJson line,
    List<FindingJson> errors,
    List<FindingJson> warnings,
    MetricsJson metrics,
    @JsonRawValue String sampleErrors,
    @JsonRawValue String metadata) {

  private static final String NONE = "[]";

  /** Something that was found; what was not said is null. */
  @JsonNaming(SnakeCaseStrategy.class)
  record FindingJson(String code, String message, @Nullable String path, @Nullable Long rowCount) {

    static FindingJson of(Finding finding) {
      return new FindingJson(
          finding.code(),
          finding.message(),
          finding.path().orElse(null),
          finding.rowCount().orElse(null));
    }
  }

  /** What was counted; what was not said is null. */
  @JsonNaming(SnakeCaseStrategy.class)
  record MetricsJson(
      long rowsValidated,
      @Nullable Long rowsPassed,
      @Nullable Long rowsFailed,
      @Nullable BigDecimal durationMs) {

    static MetricsJson of(Validation validation) {
      var counts = validation.counts();
      return new MetricsJson(
          counts.rows(),
          counts.passed().orElse(null),
          counts.failed().orElse(null),
          validation.duration().map(Decimals::millis).orElse(null));
    }
  }

  static ValidationJson of(Validation validation) {
    return new ValidationJson(
        ValidationLineJson.of(validation),
        validation.errors().stream().map(FindingJson::of).toList(),
        validation.warnings().stream().map(FindingJson::of).toList(),
        MetricsJson.of(validation),
        validation.samples().map(PipelineDocument::json).orElse(NONE),
        validation.metadata().json());
  }
}
