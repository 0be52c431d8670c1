package dev.runs.application.pipeline;

import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.Validation;
import java.util.List;

/**
 * A run of a pipeline with everything that is shown of it.
 *
 * @param validations of its data, in the order in which they were recorded
 * @param hasMoreValidations whether there are more than are shown here
 * @param gate what the policy of its contract says
 */
public record PipelineRunView(
    Run run,
    PipelineRun pipeline,
    List<Validation> validations,
    boolean hasMoreValidations,
    Gate gate) {

  public PipelineRunView {
    validations = List.copyOf(validations);
  }
}
