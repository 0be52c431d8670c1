package dev.runs.application.validation;

import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.run.RunId;
import dev.runs.domain.secret.Input;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A validation that is to be recorded; what its parts mean stands with {@link
 * dev.runs.domain.validation.Validation}.
 *
 * @param project where it is kept when it is of no run; nothing for the usual one
 * @param given all that the client has given; it must hold no credential
 */
public record NewValidation(
    Optional<RunId> run,
    Optional<ProjectRef> project,
    ContractId contract,
    Optional<String> contractVersion,
    Optional<String> schemaName,
    Optional<String> environment,
    Optional<String> pipelineId,
    Verdict verdict,
    RowCounts counts,
    Optional<Duration> duration,
    List<Finding> errors,
    List<Finding> warnings,
    Optional<PipelineDocument> samples,
    PipelineDocument metadata,
    Input given) {

  public NewValidation {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }
}
