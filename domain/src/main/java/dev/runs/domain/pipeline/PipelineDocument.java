package dev.runs.domain.pipeline;

import java.nio.charset.StandardCharsets;

/**
 * Something that is kept with a pipeline run or a validation and given back as it came: a JSON
 * text.
 *
 * @param json compact; at most {@value #MOST_BYTES} bytes as UTF-8
 */
public record PipelineDocument(String json) {

  /** The most bytes of a document: 256 KiB. */
  public static final int MOST_BYTES = 256 * 1024;

  /** An object without members. */
  public static final PipelineDocument EMPTY = new PipelineDocument("{}");

  /**
   * @throws PipelineRejected.DocumentTooLarge when it is larger
   */
  public PipelineDocument {
    var bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new PipelineRejected.DocumentTooLarge(bytes);
    }
  }

  /** Never shows what it holds. */
  @Override
  public String toString() {
    return "a document of " + json.length() + " characters";
  }
}
