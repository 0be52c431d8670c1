package dev.runs.application.pipeline;

import dev.runs.application.validation.ContractPolicies;
import dev.runs.application.validation.Validations;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Gate;

/** Gathers what is shown of one run of a pipeline. */
public final class DescribePipelineRuns {

  /** The most validations that are shown with their run. */
  public static final int MOST_VALIDATIONS = 1_000;

  private final Validations validations;
  private final ContractPolicies policies;

  public DescribePipelineRuns(Validations validations, ContractPolicies policies) {
    this.validations = validations;
    this.policies = policies;
  }

  /** As part of the open transaction or snapshot. */
  PipelineRunView of(Run run, PipelineRun pipeline) {
    var found = validations.ofRun(run.id(), MOST_VALIDATIONS + 1);
    var hasMore = found.size() > MOST_VALIDATIONS;
    return new PipelineRunView(
        run,
        pipeline,
        hasMore ? found.subList(0, MOST_VALIDATIONS) : found,
        hasMore,
        pipeline
            .facts()
            .contract()
            .flatMap(contract -> policies.find(run.organization(), contract))
            .map(ContractPolicy::gate)
            .orElse(Gate.NONE));
  }
}
