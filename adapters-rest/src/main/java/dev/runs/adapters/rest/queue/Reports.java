package dev.runs.adapters.rest.queue;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place.Pointer;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.ReportOutcomes.Report;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.OutputRef;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads what workers say. What is wrong is noted. */
final class Reports {

  private static final String WORKER = "workerId";

  private final Optional<String> usualWorker;

  private Reports(Optional<String> usualWorker) {
    this.usualWorker = usualWorker;
  }

  /**
   * Reads items of a batch, whose worker may be named once for all of them.
   *
   * @param fields of the batch
   */
  static Reports ofItem(Fields fields) {
    return new Reports(fields.text(WORKER));
  }

  /** The lease that a worker shows of a run that the path names. */
  static Optional<Shown> shown(Fields fields, RunId run) {
    return shown(fields, Optional.of(run), fields.text(WORKER));
  }

  /** The lease that an item shows. */
  Optional<Shown> lease(Fields item) {
    var run = item.required("id", item.uuid("id")).map(RunId::new);
    return shown(item, run, item.text(WORKER).or(() -> usualWorker));
  }

  Optional<Report> report(Fields item, Function<Fields, Optional<? extends Outcome>> outcome) {
    var lease = lease(item);
    var how = outcome.apply(item);
    return lease.flatMap(shown -> how.map(ended -> new Report(shown, ended)));
  }

  private static Optional<Shown> shown(
      Fields fields, Optional<RunId> run, Optional<String> workerText) {
    var worker = fields.made(WORKER, fields.required(WORKER, workerText), WorkerId::new);
    var attempt = fields.required("attempt", fields.whole("attempt", 1, Integer.MAX_VALUE));
    var token = fields.required("leaseToken", fields.uuid("leaseToken")).map(LeaseToken::new);
    return fields.faults().isEmpty()
        ? Optional.of(
            new Shown(
                run.orElseThrow(),
                attempt.orElseThrow().intValue(),
                token.orElseThrow(),
                worker.orElseThrow()))
        : Optional.empty();
  }

  /** An item names its run by {@code id}, where other batches have {@code runId}. */
  static Problem asAskedFor(Problem problem) {
    return problem.withErrors(
        problem.errors().stream()
            .map(error ->
                error.place() instanceof Pointer(var pointer)
                    ? new FieldError(
                        new Pointer(pointer.replaceFirst("/runId$", "/id")),
                        error.code(),
                        error.message())
                    : error)
            .toList());
  }

  static Optional<Outcome> succeeded(Fields fields) {
    var outputRef = fields.made("outputRef", fields.text("outputRef"), OutputRef::new);
    var output = fields.made("output", fields.document("output"), Payload::new);
    return unlessFlawed(fields, () -> new Outcome.Succeeded(outputRef, output));
  }

  static Optional<Outcome> failed(Fields fields) {
    var error = fields.required("error", fields.text("error"));
    var isRetryable = fields.flag("retryable", true);
    var kind = kind(fields);
    return unlessFlawed(fields, () -> new Outcome.Failed(error.orElseThrow(), isRetryable, kind));
  }

  static Optional<Outcome> released(Fields fields) {
    return unlessFlawed(fields, Outcome.Released::new);
  }

  private static RunFailure.Kind kind(Fields fields) {
    var word = fields.text("kind");
    var known =
        word.flatMap(text ->
            Arrays.stream(RunFailure.Kind.values())
                .filter(kind -> kind != RunFailure.Kind.LOST)
                .filter(kind -> wireName(kind).equals(text))
                .findFirst());
    if (word.isPresent() && known.isEmpty()) {
      fields.refuse(
          "kind",
          "kind must be one of "
              + Arrays.stream(RunFailure.Kind.values())
                  .filter(kind -> kind != RunFailure.Kind.LOST)
                  .map(Reports::wireName)
                  .collect(Collectors.joining(", ")));
    }
    return known.orElse(RunFailure.Kind.USER);
  }

  private static String wireName(RunFailure.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Outcome> unlessFlawed(Fields fields, Supplier<Outcome> outcome) {
    return fields.faults().isEmpty() ? Optional.of(outcome.get()) : Optional.empty();
  }
}
