package dev.runs.application.pipeline;

import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunState;
import dev.runs.domain.secret.Input;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A run of a pipeline that is to be recorded.
 *
 * @param project where it is made; nothing for where its parent is, or for the usual one
 * @param state where it stands, given the moment at which it is recorded
 * @param given all that the client has given; it must hold no credential
 */
public record NewPipelineRun(
    PipelineFacts facts,
    PipelineDocument metadata,
    Optional<RunId> parent,
    Optional<ProjectRef> project,
    Function<Instant, RunState> state,
    Input given) {}
