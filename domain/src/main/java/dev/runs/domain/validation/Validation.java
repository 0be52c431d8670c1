package dev.runs.domain.validation;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Slug;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A check of data against a contract, and what it found. It is never changed afterwards.
 *
 * @param project the one of its run; without a run, the usual one of who recorded it
 * @param run whose data was looked at; nothing when it was no run's
 * @param contract up to 255 characters, as are the four texts behind it
 * @param duration how long it took, not negative; nothing when nobody measured it
 * @param errors at most {@value Finding#MOST_AT_ONCE}
 * @param warnings at most {@value Finding#MOST_AT_ONCE}
 * @param samples rows that are wrong, as an array; nothing when there are none
 */
public record Validation(
    ValidationId id,
    OrganizationId organization,
    Slug project,
    Optional<RunId> run,
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
    Principal recordedBy,
    Instant recordedAt) {

  public Validation {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }
}
