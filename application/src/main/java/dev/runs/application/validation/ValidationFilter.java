package dev.runs.application.validation;

import dev.runs.domain.run.RunId;
import dev.runs.domain.validation.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which validations are meant; what is empty does not narrow.
 *
 * @param verdicts any of these; empty means any
 * @param recordedFrom included
 * @param recordedTo included
 */
public record ValidationFilter(
    Optional<String> contract,
    Optional<RunId> run,
    Optional<String> schemaName,
    Set<Verdict> verdicts,
    Optional<Instant> recordedFrom,
    Optional<Instant> recordedTo) {

  public static final ValidationFilter ALL =
      new ValidationFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty());

  public ValidationFilter {
    verdicts = Set.copyOf(verdicts);
  }
}
