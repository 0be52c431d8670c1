package dev.runs.adapters.rest.validation;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Rejections;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.registry.ListedJson;
import dev.runs.adapters.rest.registry.Listing;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.adapters.rest.request.UuidText;
import dev.runs.application.Caller;
import dev.runs.application.Counted;
import dev.runs.application.validation.ListValidations;
import dev.runs.application.validation.RecordValidation;
import dev.runs.application.validation.ShowValidation;
import dev.runs.application.validation.SummarizeValidations;
import dev.runs.application.validation.SummarizeValidations.Granularity;
import dev.runs.application.validation.ValidationFilter;
import dev.runs.domain.access.Scope;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.ValidationRejected;
import dev.runs.domain.validation.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What validated the data of pipelines. A slash in a contract may be encoded. */
@RestController
@RequestMapping("/api/v1/validations")
class ValidationsController {

  private static final int USUAL_DAYS = 30;

  private static final String GRANULARITY = "granularity";

  private final RecordValidation recordValidation;
  private final ShowValidation showValidation;
  private final ListValidations listValidations;
  private final SummarizeValidations summarizeValidations;
  private final Once once;

  ValidationsController(
      RecordValidation recordValidation,
      ShowValidation showValidation,
      ListValidations listValidations,
      SummarizeValidations summarizeValidations,
      Once once) {
    this.recordValidation = recordValidation;
    this.showValidation = showValidation;
    this.listValidations = listValidations;
    this.summarizeValidations = summarizeValidations;
    this.once = once;
  }

  @Needs(Scope.VALIDATIONS_WRITE)
  @PostMapping
  ResponseEntity<byte[]> record(Submission submission) {
    var validation = NewValidations.read(submission.body());
    return once.answer(
        submission,
        (Validation recorded) -> new Reply(201, ValidationJson.of(recorded)),
        receipt -> recordValidation.record(submission.caller(), validation, receipt));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, Query query) {
    var filter = filter(query);
    var limit = Listing.limit(query, ListValidations.LARGEST_PAGE);
    var offset = Listing.offset(query, ListValidations.FARTHEST_OFFSET);
    query.refuseIfWrong();
    var listed =
        filter
            .map(asked -> listValidations.list(caller, asked, limit, offset))
            .orElse(new Counted<>(List.of(), 0, false));
    return Answers.ok(ListedJson.of(listed, ValidationLineJson::of, limit, offset));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable String id) {
    try {
      var validation =
          UuidText.read(id).map(ValidationId::new).orElseThrow(ValidationRejected.NotFound::new);
      return Answers.ok(ValidationJson.of(showValidation.show(caller, validation)));
    } catch (ValidationRejected.NotFound e) {
      throw new RequestRefused(notFound(id, e));
    }
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/stats/{contract}")
  ResponseEntity<byte[]> summarize(Caller caller, @PathVariable ContractId contract, Query query) {
    var days = query.between(1, SummarizeValidations.MOST_DAYS, "days", USUAL_DAYS);
    var granularity = granularity(query);
    if (granularity == Granularity.HOUR && days > SummarizeValidations.MOST_DAYS_BY_HOUR) {
      query.refuse(
          GRANULARITY,
          "granularity hour is for at most %d days"
              .formatted(SummarizeValidations.MOST_DAYS_BY_HOUR));
    }
    query.refuseIfWrong();
    var summary = summarizeValidations.summarize(caller, contract, days, granularity);
    return Answers.ok(ValidationStatsJson.of(contract, days, granularity, summary));
  }

  private static Granularity granularity(Query query) {
    var word = query.text(GRANULARITY).orElse("day");
    var found =
        EnumSet.allOf(Granularity.class).stream()
            .filter(its -> its.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst();
    if (found.isEmpty()) {
      query.refuse(GRANULARITY, "granularity must be one of hour, day, week");
    }
    return found.orElse(Granularity.DAY);
  }

  /** Finds nothing when no validation can be meant. */
  private static Optional<ValidationFilter> filter(Query query) {
    var run = query.text("run_id");
    var runId = run.flatMap(UuidText::read).map(RunId::new);
    var verdicts = verdicts(query);
    var filter =
        new ValidationFilter(
            query.text("contract_id"),
            runId,
            query.text("schema_name"),
            verdicts,
            Listing.later(query.instant("from_date"), query.instant("start_date")),
            Listing.earlier(query.instant("to_date"), query.instant("end_date")));
    return verdicts.isEmpty() || runId.isPresent() != run.isPresent()
        ? Optional.empty()
        : Optional.of(filter);
  }

  /** Those that are of the status and pass as is asked for. */
  private static Set<Verdict> verdicts(Query query) {
    var verdicts = EnumSet.allOf(Verdict.class);
    var word = query.text("status");
    var status = word.flatMap(Verdict::ofWireName);
    if (word.isPresent() && status.isEmpty()) {
      query.refuse("status", "status must be one of " + NewValidations.verdicts());
    }
    status.ifPresent(asked -> verdicts.retainAll(Set.of(asked)));
    switch (query.text("passed").orElse("")) {
      case "" -> {
        // nothing is asked for
      }
      case "true" -> verdicts.removeIf(verdict -> !verdict.passes());
      case "false" -> verdicts.removeIf(Verdict::passes);
      default -> query.refuse("passed", "passed must be true or false");
    }
    return verdicts;
  }

  private static Problem notFound(String id, ValidationRejected.NotFound rejection) {
    return Rejections.problem(rejection).withMessage("Validation '%s' not found".formatted(id));
  }
}
