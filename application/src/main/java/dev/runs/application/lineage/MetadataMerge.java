package dev.runs.application.lineage;

import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineRejected;
import java.util.Map;

/** Adds what was told of a run to what is kept with it. */
public interface MetadataMerge {

  /**
   * Each text as a member of the object; one that is there already is replaced, all others stay.
   *
   * @param metadata an object
   * @return this very document when it holds all of it already
   * @throws PipelineRejected.DocumentTooLarge when it becomes too large
   */
  PipelineDocument merged(PipelineDocument metadata, Map<String, String> told);
}
