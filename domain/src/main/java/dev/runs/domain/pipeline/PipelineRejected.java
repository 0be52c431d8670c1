package dev.runs.domain.pipeline;

import dev.runs.domain.Rejection;

/** What can be refused about runs of pipelines and their validations. */
public abstract sealed class PipelineRejected extends Rejection {

  private PipelineRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** A text that is too long, or has a character that no database keeps. */
  public static final class BadText extends PipelineRejected {
    private final String field;

    private BadText(String field, String message) {
      super(Reason.INVALID, "pipeline.text_too_long", message);
      this.field = field;
    }

    public static BadText tooLong(String field, int most, int length) {
      return new BadText(
          field, "%s has at most %,d characters, not %,d.".formatted(field, most, length));
    }

    public static BadText withNul(String field) {
      return new BadText(field, "%s has no NUL among its characters.".formatted(field));
    }

    /** The member with the text. */
    public String field() {
      return field;
    }
  }

  /** A document that is too large. */
  public static final class DocumentTooLarge extends PipelineRejected {
    public DocumentTooLarge(int bytes) {
      super(
          Reason.INVALID,
          "pipeline.document_too_large",
          "metadata, result and sample_errors have at most %,d bytes each as JSON, not %,d."
              .formatted(PipelineDocument.MOST_BYTES, bytes));
    }
  }

  /** Somebody else changed the pipeline run between reading and writing it. */
  public static final class ChangedMeanwhile extends PipelineRejected {
    public ChangedMeanwhile() {
      super(
          Reason.CONFLICT,
          "pipeline.changed_meanwhile",
          "The run was changed by somebody else at the same moment; try again.");
    }
  }
}
