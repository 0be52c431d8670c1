package dev.runs.adapters.rest.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runs.adapters.rest.validation.ValidationLineJson;
import dev.runs.application.pipeline.PipelineRunView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A run of a pipeline with everything that is shown of it.
 *
 * @param gate what the policy of its contract says
 * @param validations of its data, in the order in which they were recorded
 * @param validationsTruncated true when there are more than are shown; absent otherwise
 */
@JsonNaming(SnakeCaseStrategy.class)
record PipelineRunJson(
    @JsonUnwrapped PipelineLineJson run,
    @JsonRawValue String metadata,
    String gate,
    List<ValidationLineJson> validations,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean validationsTruncated) {

  static PipelineRunJson of(PipelineRunView view) {
    return new PipelineRunJson(
        PipelineLineJson.of(view.run(), view.pipeline()),
        view.pipeline().metadata().json(),
        view.gate().wireName(),
        view.validations().stream().map(ValidationLineJson::of).toList(),
        view.hasMoreValidations() ? true : null);
  }
}
