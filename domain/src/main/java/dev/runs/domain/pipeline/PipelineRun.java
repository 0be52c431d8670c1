package dev.runs.domain.pipeline;

import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunId;
import java.util.Optional;

/**
 * What makes a run a run of a pipeline. How it goes is told by the run itself.
 *
 * @param metadata an object of whatever its client wants to keep with it
 * @param result what came of it, as its client says
 * @param version counts saves, so that two writers cannot both win; 1 when new
 */
public record PipelineRun(
    RunId run,
    PipelineFacts facts,
    PipelineDocument metadata,
    Optional<PipelineDocument> result,
    Principal createdBy,
    long version) {

  /** A run of which nobody has said yet of what pipeline it is. */
  public static PipelineRun unknown(RunId run, Principal createdBy) {
    return new PipelineRun(
        run,
        new PipelineFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        PipelineDocument.EMPTY,
        Optional.empty(),
        createdBy,
        0);
  }

  /** The same with other metadata and, unless nothing is given, another result. */
  public PipelineRun with(PipelineDocument newMetadata, Optional<PipelineDocument> newResult) {
    return new PipelineRun(
        run, facts, newMetadata, newResult.or(() -> result), createdBy, version + 1);
  }
}
