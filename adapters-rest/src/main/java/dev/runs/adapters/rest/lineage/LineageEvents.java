package dev.runs.adapters.rest.lineage;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.domain.lineage.AssertedDataset;
import dev.runs.domain.lineage.Assertion;
import dev.runs.domain.lineage.Assertion.Severity;
import dev.runs.domain.lineage.JobKind;
import dev.runs.domain.lineage.LineageEvent;
import dev.runs.domain.lineage.LineageId;
import dev.runs.domain.lineage.LineageJob;
import dev.runs.domain.lineage.LineageRejected;
import dev.runs.domain.lineage.LineageType;
import dev.runs.domain.lineage.NominalTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads a run event of OpenLineage. Of its facets only those are read of which something becomes;
 * all others are ignored, and so is what was deleted.
 */
final class LineageEvents {

  /** The most inputs, and the most outputs, of an event. */
  static final int MOST_DATASETS = 10_000;

  private static final String TYPE = "eventType";
  private static final String RUN = "run";
  private static final String JOB = "job";
  private static final String FACETS = "facets";
  private static final String ASSERTIONS = "assertions";

  private final Fields fields;

  LineageEvents(Body body) {
    this.fields = Fields.of(body);
  }

  /**
   * @throws RequestRefused when something is wrong with it
   */
  LineageEvent read() {
    if (!fields.has(RUN) && (fields.has("dataset") || fields.has(JOB))) {
      fields.requireAs(
          RUN, "run is required: an event of a dataset or a job alone tells of no run");
      refuseIfAny();
    }
    var type = type();
    var at = moment(fields, "eventTime", true);
    var producer = fields.required("producer", fields.text("producer"));
    var run = required(fields, RUN);
    var runId = run.flatMap(LineageEvents::runId);
    var runFacets = run.flatMap(its -> its.object(FACETS));
    var parent = runFacets.flatMap(its -> facet(its, "parent")).flatMap(LineageEvents::parent);
    var nominal = runFacets.flatMap(its -> facet(its, "nominalTime")).flatMap(this::nominalTime);
    var error =
        runFacets
            .flatMap(its -> facet(its, "errorMessage"))
            .flatMap(its -> its.required("message", its.text("message")));
    var job = required(fields, JOB);
    var named = job.flatMap(LineageEvents::job);
    var kind =
        job.flatMap(its -> its.object(FACETS))
            .flatMap(its -> facet(its, "jobType"))
            .flatMap(LineageEvents::kind);
    var datasets = datasets();
    refuseIfAny();
    var event =
        made(
            fields,
            () ->
                new LineageEvent(
                    type,
                    at.orElseThrow(),
                    runId.orElseThrow(),
                    named.orElseThrow(),
                    parent,
                    nominal,
                    error,
                    producer.orElseThrow(),
                    kind,
                    datasets));
    refuseIfAny();
    return event.orElseThrow();
  }

  private void refuseIfAny() {
    fields.faults().refuseIfAny();
  }

  /** One that has no type tells something besides. */
  private LineageType type() {
    var word = fields.text(TYPE);
    var type = word.flatMap(LineageType::ofWireName);
    if (word.isPresent() && type.isEmpty()) {
      fields.refuse(
          TYPE, "eventType must be one of START, RUNNING, COMPLETE, ABORT, FAIL and OTHER");
    }
    return type.orElse(LineageType.OTHER);
  }

  private static Optional<LineageId> runId(Fields run) {
    return run.required("runId", run.uuid("runId")).map(LineageId::new);
  }

  /** Its job is not asked for: the parent tells that itself. */
  private static Optional<LineageId> parent(Fields facet) {
    return required(facet, RUN).flatMap(LineageEvents::runId);
  }

  private Optional<NominalTime> nominalTime(Fields facet) {
    var start = moment(facet, "nominalStartTime", true);
    var end = moment(facet, "nominalEndTime", false);
    return start.map(from -> new NominalTime(from, end));
  }

  private static Optional<LineageJob> job(Fields job) {
    var namespace = job.required("namespace", job.text("namespace"));
    var name = job.required("name", job.text("name"));
    return namespace.flatMap(
        within -> name.flatMap(called -> made(job, () -> new LineageJob(within, called))));
  }

  private static Optional<JobKind> kind(Fields facet) {
    var processing = facet.required("processingType", facet.text("processingType"));
    var integration = facet.required("integration", facet.text("integration"));
    var type = facet.text("jobType").filter(text -> !text.isEmpty());
    return processing.flatMap(
        how -> integration.flatMap(who -> made(facet, () -> new JobKind(how, who, type))));
  }

  // ---- datasets

  private List<AssertedDataset> datasets() {
    var asserted = new ArrayList<AssertedDataset>();
    for (var name : List.of("inputs", "outputs")) {
      for (var dataset : fields.objects(name, MOST_DATASETS).orElse(List.of())) {
        dataset(dataset).ifPresent(asserted::add);
      }
    }
    return asserted;
  }

  /** What is asserted of a dataset; nothing when nothing is. */
  private static Optional<AssertedDataset> dataset(Fields dataset) {
    var namespace = dataset.required("namespace", dataset.text("namespace"));
    var name = dataset.required("name", dataset.text("name"));
    var assertions =
        facetOf(dataset, "dataQualityAssertions").map(LineageEvents::assertions).orElse(List.of());
    if (assertions.isEmpty() || namespace.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    var rows =
        facetOf(dataset, "dataQualityMetrics")
            .flatMap(facet -> facet.whole("rowCount", 0, Long.MAX_VALUE));
    return made(dataset, () -> new AssertedDataset(namespace.get(), name.get(), rows, assertions));
  }

  /** Where a facet of a dataset stands depends on the age of who sends it. */
  private static Optional<Fields> facetOf(Fields dataset, String name) {
    return Stream.of("inputFacets", "outputFacets", FACETS)
        .flatMap(kind -> dataset.object(kind).stream())
        .flatMap(facets -> facet(facets, name).stream())
        .findFirst();
  }

  private static List<Assertion> assertions(Fields facet) {
    var assertions = new ArrayList<Assertion>();
    var given =
        facet.required(ASSERTIONS, facet.objects(ASSERTIONS, AssertedDataset.MOST_ASSERTIONS));
    for (var one : given.orElse(List.of())) {
      assertion(one).ifPresent(assertions::add);
    }
    return assertions;
  }

  private static Optional<Assertion> assertion(Fields given) {
    var name = given.required("assertion", given.text("assertion"));
    var success = given.required("success", given.flag("success"));
    var column = given.text("column");
    var severity = Severity.of(given.text("severity"));
    var description = given.text("description");
    var failures = given.whole("failures", 0, Long.MAX_VALUE);
    return name.flatMap(what ->
        success.flatMap(isSo ->
            made(given, () -> new Assertion(what, isSo, column, severity, description, failures))));
  }

  // ---- what all have in common

  private static Optional<Fields> required(Fields object, String name) {
    return object.required(name, object.object(name));
  }

  /** A facet that is there and was not deleted. */
  private static Optional<Fields> facet(Fields facets, String name) {
    return facets.object(name).filter(facet -> !facet.flag("_deleted", false));
  }

  /** To the microsecond, which is as exact as anything is kept. */
  private static Optional<Instant> moment(Fields object, String name, boolean isRequired) {
    var moment = object.instant(name);
    return (isRequired ? object.required(name, moment) : moment)
        .map(exact -> exact.truncatedTo(ChronoUnit.MICROS));
  }

  /** Something made of some members; its refusal is noted at the one it names. */
  private static <T> Optional<T> made(Fields object, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (LineageRejected rejection) {
      object
          .faults()
          .add(
              new FieldError(
                  object.place(rejection.field()), rejection.code(), rejection.sentence()));
      return Optional.empty();
    }
  }
}
