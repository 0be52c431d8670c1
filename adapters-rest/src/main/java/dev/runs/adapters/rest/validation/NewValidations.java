package dev.runs.adapters.rest.validation;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.registry.Documents;
import dev.runs.adapters.rest.registry.Facts;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.request.UuidText;
import dev.runs.application.validation.NewValidation;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.run.RunId;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.ValidationRejected;
import dev.runs.domain.validation.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads validations in both forms that the pipeline registry knows, or in a mixture of them: {@code
 * status} and {@code metrics} as it is documented, {@code passed} and {@code row_count} as its
 * client sends it. What is said twice must be said alike.
 */
final class NewValidations {

  /** The most rows, and the most errors, of one validation. */
  static final long MOST_ROWS = 1_000_000_000_000L;

  /** The longest time that a validation takes: a year. */
  static final long MOST_MILLIS = Duration.ofDays(365).toMillis();

  private static final String STATUS = "status";
  private static final String PASSED = "passed";
  private static final String ROW_COUNT = "row_count";
  private static final String ROWS = "rows_validated";
  private static final String ERROR_COUNT = "error_count";
  private static final String DURATION = "duration_ms";
  private static final String RUN = "run_id";
  private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1_000);

  private final Fields fields;
  private final Fields metrics;

  private NewValidations(Fields fields) {
    this.fields = fields;
    this.metrics =
        fields
            .object("metrics")
            .orElseGet(() ->
                new Fields(
                    JsonNodeFactory.instance.objectNode(),
                    fields.place("metrics"),
                    fields.faults()));
  }

  /**
   * @throws RequestRefused when something is wrong with it
   */
  static NewValidation read(Body body) {
    return new NewValidations(Fields.of(body)).read();
  }

  private NewValidation read() {
    var contract = Facts.contract(fields);
    var version = Facts.text(fields, "contract_version");
    var schema = Facts.text(fields, "schema_name");
    var environment = Facts.text(fields, "environment");
    var pipeline = Facts.text(fields, "pipeline_id");
    var run = run();
    var project = Facts.project(fields);
    var verdict = verdict();
    var duration = either(DURATION, DURATION, NewValidations::duration);
    var errors = findings("errors");
    var warnings = findings("warnings");
    var counts = counts(errors.size());
    var samples = Documents.array(fields, "sample_errors");
    var metadata = Documents.object(fields, "metadata").orElse(PipelineDocument.EMPTY);
    fields.faults().refuseIfAny();
    return new NewValidation(
        run,
        project,
        contract.orElseThrow(),
        version,
        schema,
        environment,
        pipeline,
        verdict.orElseThrow(),
        counts,
        duration,
        errors,
        warnings,
        samples,
        metadata,
        fields.input());
  }

  /** Any text may name a run; one that is no id names none there is. */
  private Optional<RunId> run() {
    var text = fields.text(RUN);
    var id = text.flatMap(UuidText::read);
    if (text.isPresent() && id.isEmpty()) {
      var unknown = new ValidationRejected.RunNotFound(text.get());
      fields.faults().add(new FieldError(fields.place(RUN), unknown.code(), unknown.sentence()));
    }
    return id.map(RunId::new);
  }

  private Optional<Verdict> verdict() {
    var word = fields.text(STATUS);
    var verdict = word.flatMap(Verdict::ofWireName);
    if (word.isPresent() && verdict.isEmpty()) {
      fields.refuse(STATUS, "status must be one of " + verdicts());
    }
    var passed = fields.flag(PASSED);
    if (verdict.isPresent() && passed.isPresent() && verdict.get().passes() != passed.get()) {
      fields.refuse(PASSED, "passed and status contradict each other");
    }
    if (isAbsent(STATUS) && isAbsent(PASSED)) {
      fields.requireAs(STATUS, "status or passed is required");
    }
    return verdict.or(() -> passed.map(yes -> yes ? Verdict.PASSED : Verdict.FAILED));
  }

  /** <em>Source: the pipeline registry</em>, where who says {@code passed} says how many rows. */
  private RowCounts counts(int foundErrors) {
    var rows = either(ROW_COUNT, ROWS, NewValidations::count);
    var isOfClient = isAbsent(STATUS) && !isAbsent(PASSED);
    if (isOfClient && isAbsent(ROW_COUNT) && isAbsent(metrics, ROWS)) {
      fields.require(ROW_COUNT);
    }
    var passed = count(metrics, "rows_passed");
    var failed = count(metrics, "rows_failed");
    var errors = count(fields, ERROR_COUNT).or(() -> failed).orElse((long) foundErrors);
    // what is said of the rate is only looked at: it follows from the counts
    fields.number("error_rate", 0, MOST_ROWS);
    return new RowCounts(rows.orElse(0L), passed, failed, errors);
  }

  /** What stands in the body, or else among the metrics. */
  private <T> Optional<T> either(
      String name, String metric, Function<Reading, Optional<T>> reading) {
    var own = reading.apply(new Reading(fields, name));
    var measured = reading.apply(new Reading(metrics, metric));
    if (own.isPresent() && measured.isPresent() && !own.equals(measured)) {
      fields.refuse(name, "%s and metrics.%s contradict each other".formatted(name, metric));
    }
    return own.or(() -> measured);
  }

  /** A member that is to be read. */
  private record Reading(Fields fields, String name) {}

  private static Optional<Long> count(Reading reading) {
    return count(reading.fields(), reading.name());
  }

  private static Optional<Long> count(Fields fields, String name) {
    return fields.whole(name, 0, MOST_ROWS);
  }

  private static Optional<Duration> duration(Reading reading) {
    return reading
        .fields()
        .number(reading.name(), 0, MOST_MILLIS)
        .map(millis ->
            millis.multiply(MICROS_PER_MILLI).setScale(0, RoundingMode.HALF_UP).longValueExact())
        .map(micros -> Duration.ofNanos(Math.multiplyExact(micros, 1_000)));
  }

  private List<Finding> findings(String name) {
    return fields.objects(name, Finding.MOST_AT_ONCE).orElse(List.of()).stream()
        .map(NewValidations::finding)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Finding> finding(Fields fields) {
    var code = fields.required("code", fields.text("code"));
    var message = fields.required("message", fields.text("message"));
    var path = fields.text("path");
    var rows = count(fields, ROW_COUNT);
    return code.flatMap(known ->
        message.flatMap(said -> finding(fields, () -> new Finding(known, said, path, rows))));
  }

  private static Optional<Finding> finding(Fields fields, Supplier<Finding> made) {
    try {
      return Optional.of(made.get());
    } catch (ValidationRejected.BadFinding e) {
      fields.faults().add(new FieldError(fields.place(e.field()), e.code(), e.sentence()));
      return Optional.empty();
    }
  }

  private boolean isAbsent(String name) {
    return isAbsent(fields, name);
  }

  private static boolean isAbsent(Fields fields, String name) {
    return !fields.has(name) || fields.isNull(name);
  }

  static String verdicts() {
    return Arrays.stream(Verdict.values()).map(Verdict::wireName).collect(Collectors.joining(", "));
  }
}
