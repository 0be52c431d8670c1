package dev.runs.adapters.rest.pipeline;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.runs.adapters.rest.json.Times;
import dev.runs.adapters.rest.registry.RegistryStatus;
import dev.runs.application.pipeline.PipelineRuns;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A run of a pipeline as lists show it; what does not apply is null.
 *
 * @param status in the words of the pipeline registry
 * @param state the same in the words of all other surfaces
 * @param startedAt when it was made, as long as it has not started
 * @param completedAt when it ended, however it did
 * @param failure why it failed, for a person
 */
@JsonNaming(SnakeCaseStrategy.class)
record PipelineLineJson(
    String id,
    @Nullable String contractId,
    @Nullable String contractVersion,
    @Nullable String schemaName,
    @Nullable String pipelineName,
    @Nullable String pipelineId,
    @Nullable String environment,
    @Nullable String trigger,
    String status,
    String state,
    @JsonRawValue @Nullable String result,
    String startedAt,
    String createdAt,
    String updatedAt,
    @Nullable String completedAt,
    String createdBy,
    @Nullable String parentRunId,
    String rootRunId,
    @Nullable String failure) {

  static PipelineLineJson of(PipelineRuns.Listed listed) {
    return of(listed.run(), listed.pipeline());
  }

  static PipelineLineJson of(Run run, PipelineRun pipeline) {
    var facts = pipeline.facts();
    var startedAt = run.startedAt();
    var parent = run.parent();
    return new PipelineLineJson(
        run.id().toString(),
        facts.contract().map(ContractId::value).orElse(null),
        facts.contractVersion().orElse(null),
        facts.schemaName().orElse(null),
        facts.pipelineName().orElse(null),
        facts.pipelineId().orElse(null),
        facts.environment().orElse(null),
        facts.trigger().orElse(null),
        RegistryStatus.of(run.stateName()).word(),
        run.stateName().wireName(),
        pipeline.result().map(PipelineDocument::json).orElse(null),
        Times.written(startedAt == null ? run.createdAt() : startedAt),
        Times.written(run.createdAt()),
        Times.written(run.updatedAt()),
        Times.writtenOrNull(run.endedAt()),
        pipeline.createdBy().value(),
        parent == null ? null : parent.toString(),
        run.path().root().toString(),
        failure(run).orElse(null));
  }

  private static Optional<String> failure(Run run) {
    return run.state() instanceof RunState.Failed(_, var failure)
        ? Optional.ofNullable(failure.message())
        : Optional.empty();
  }
}
