package dev.runs.application.validation;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Slug;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.run.Run;
import dev.runs.domain.secret.Input;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Validations that tests know. */
public final class ValidationFixtures {

  public static final ContractId EVENTS = new ContractId("user-events-contract");
  public static final ContractId ORDERS = new ContractId("orders");

  private static final Principal RECORDER = new Principal("key:recorder");

  private ValidationFixtures() {}

  /** Of no run, at noon, without findings. */
  public static Validation validation(long number, ContractId contract, Verdict verdict) {
    return of(ACME.id(), Optional.empty(), number, contract, verdict, Optional.empty(), NOON);
  }

  /** Of a run, as many seconds after noon as its number says. */
  public static Validation ofRun(Run run, long number, ContractId contract, Verdict verdict) {
    return ofRun(run, number, contract, verdict, Optional.empty());
  }

  public static Validation ofRun(
      Run run, long number, ContractId contract, Verdict verdict, Optional<String> schema) {
    return of(
        run.organization(),
        Optional.of(run),
        number,
        contract,
        verdict,
        schema,
        NOON.plusSeconds(number));
  }

  public static Validation at(Instant moment, long number, Verdict verdict) {
    return of(ACME.id(), Optional.empty(), number, EVENTS, verdict, Optional.empty(), moment);
  }

  private static Validation of(
      OrganizationId organization,
      Optional<Run> run,
      long number,
      ContractId contract,
      Verdict verdict,
      Optional<String> schema,
      Instant moment) {
    return new Validation(
        new ValidationId(uuid(number)),
        organization,
        run.map(its -> its.space().project()).orElse(Slug.DEFAULT),
        run.map(Run::id),
        contract,
        Optional.empty(),
        schema,
        Optional.empty(),
        Optional.empty(),
        verdict,
        new RowCounts(100, Optional.empty(), Optional.empty(), 0),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        PipelineDocument.EMPTY,
        RECORDER,
        moment);
  }

  /** The same, with these errors, this number of rows and this duration. */
  public static Validation with(
      Validation plain, List<Finding> errors, RowCounts counts, Optional<Duration> duration) {
    return new Validation(
        plain.id(),
        plain.organization(),
        plain.project(),
        plain.run(),
        plain.contract(),
        Optional.of("1.2.0"),
        plain.schemaName(),
        Optional.of("production"),
        Optional.of("airflow-dag-123"),
        plain.verdict(),
        counts,
        duration,
        errors,
        List.of(new Finding("LATE", "two hours", Optional.empty(), Optional.empty())),
        Optional.of(new PipelineDocument("[{\"id\":7}]")),
        new PipelineDocument("{\"dag\":\"daily\"}"),
        plain.recordedBy(),
        plain.recordedAt());
  }

  public static Finding error(String code, long rows) {
    return new Finding(code, code + " was found", Optional.of("$.id"), Optional.of(rows));
  }

  /** A validation of a run that is to be recorded. */
  public static NewValidation newValidation(
      Optional<Run> run, ContractId contract, Verdict verdict) {
    return new NewValidation(
        run.map(Run::id),
        Optional.empty(),
        contract,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        verdict,
        new RowCounts(1, Optional.empty(), Optional.empty(), 0),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        PipelineDocument.EMPTY,
        new Input.Members(Map.of()));
  }
}
