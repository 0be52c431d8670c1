package dev.runs.adapters.persistence.pipeline;

import dev.runs.domain.pipeline.PipelineDocument;
import java.util.Optional;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;

/** Between documents and their columns. */
public final class PipelineDocuments {

  private PipelineDocuments() {}

  public static JSON json(PipelineDocument document) {
    return JSON.valueOf(document.json());
  }

  public static PipelineDocument document(JSON json) {
    return new PipelineDocument(json.data());
  }

  public static Optional<PipelineDocument> documentOf(@Nullable JSON json) {
    return Optional.ofNullable(json).map(PipelineDocuments::document);
  }
}
