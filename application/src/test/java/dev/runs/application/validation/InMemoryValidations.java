package dev.runs.application.validation;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.FailedValidation;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Validations in memory. */
public final class InMemoryValidations implements Validations {

  private record Once(OrganizationId organization, String key) {}

  private final InMemoryTransactions transactions;
  private final InMemoryTransactions.Table<ValidationId, Validation> rows;

  /** Also those that are there no more. */
  private final InMemoryTransactions.Table<ValidationId, Validation> everRecorded;

  private final InMemoryTransactions.Table<Once, ValidationId> once;
  private final InMemoryRuns runs;
  private final ContractPolicies policies;

  public InMemoryValidations(
      InMemoryTransactions transactions, InMemoryRuns runs, ContractPolicies policies) {
    this.transactions = transactions;
    this.rows = transactions.table(Comparator.comparing(ValidationId::value));
    this.everRecorded = transactions.table(Comparator.comparing(ValidationId::value));
    this.once =
        transactions.table(
            Comparator.comparing((Once key) -> key.organization().value())
                .thenComparing(Once::key));
    this.runs = runs;
    this.policies = policies;
    runs.whenRemoved(this::removeOf);
  }

  @Override
  public boolean add(Validation validation, Optional<String> onceKey) {
    var key = onceKey.map(text -> new Once(validation.organization(), text));
    if (key.isPresent() && once.get(key.get()) != null) {
      return false;
    }
    key.ifPresent(its -> once.put(its, validation.id()));
    rows.put(validation.id(), validation);
    everRecorded.put(validation.id(), validation);
    return true;
  }

  List<Validation> everRecorded(Reach reach) {
    return everRecorded.all().stream()
        .filter(its -> reach.includes(its.organization(), its.project()))
        .toList();
  }

  @Override
  public Optional<Validation> find(Reach reach, ValidationId id) {
    return transactions.reading(() ->
        Optional.ofNullable(rows.get(id))
            .filter(found -> reach.includes(found.organization(), found.project()))
            .filter(this::isThere));
  }

  @Override
  public int removeLoose(
      OrganizationId organization, Set<Verdict> verdicts, Instant before, int most) {
    var old =
        rows.all().stream()
            .filter(validation -> validation.run().isEmpty())
            .filter(validation -> validation.organization().equals(organization))
            .filter(validation -> verdicts.contains(validation.verdict()))
            .filter(validation -> validation.recordedAt().isBefore(before))
            .sorted(Comparator.comparing(Validation::recordedAt))
            .limit(most)
            .toList();
    old.forEach(validation -> rows.remove(validation.id()));
    return old.size();
  }

  @Override
  public List<Validation> ofRun(RunId run, int most) {
    return rows.all().stream()
        .filter(validation -> validation.run().filter(run::equals).isPresent())
        .limit(most)
        .toList();
  }

  @Override
  public List<Validation> newestFirst(
      Reach.Within reach, ValidationFilter filter, int limit, int offset) {
    return transactions.reading(() ->
        matching(reach, filter)
            .sorted(
                Comparator.comparing(Validation::recordedAt)
                    .thenComparing(validation -> validation.id().value())
                    .reversed())
            .skip(offset)
            .limit(limit)
            .toList());
  }

  @Override
  public int count(Reach.Within reach, ValidationFilter filter, int most) {
    return transactions.reading(() -> Math.toIntExact(matching(reach, filter).limit(most).count()));
  }

  @Override
  public Map<Instant, ValidationSum> sums(
      Reach.Within reach, ContractId contract, Instant from, Instant to, boolean isByHour) {
    var sums = new TreeMap<Instant, ValidationSum>();
    within(reach, contract, from, to)
        .forEach(validation ->
            sums.merge(
                validation.recordedAt().truncatedTo(isByHour ? ChronoUnit.HOURS : ChronoUnit.DAYS),
                sum(validation),
                ValidationSum::plus));
    return sums;
  }

  @Override
  public List<CommonError> commonErrors(
      Reach.Within reach, ContractId contract, Instant from, Instant to, int most) {
    var byCode = new TreeMap<String, CommonError>();
    for (var validation : within(reach, contract, from, to)) {
      var codes = new LinkedHashSet<>(validation.errors().stream().map(Finding::code).toList());
      for (var error : validation.errors()) {
        byCode.merge(
            error.code(),
            new CommonError(
                error.code(),
                error.message(),
                codes.remove(error.code()) ? 1 : 0,
                error.rowCount().orElse(0L)),
            InMemoryValidations::plus);
      }
    }
    return byCode.values().stream()
        .sorted(Comparator.comparing(CommonError::validations).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public Map<RunId, List<FailedValidation>> failedOf(Collection<RunId> asked) {
    return transactions.reading(() -> {
      var failed = new HashMap<RunId, List<FailedValidation>>();
      for (var run : asked) {
        var found = new ArrayList<FailedValidation>();
        for (var last : lastOf(run)) {
          var gate =
              policies
                  .find(last.organization(), last.contract())
                  .map(ContractPolicy::gate)
                  .orElse(Gate.NONE);
          if (last.verdict() == Verdict.FAILED && gate != Gate.NONE) {
            found.add(new FailedValidation(run, last.id(), last.contract(), gate));
          }
        }
        if (!found.isEmpty()) {
          found.sort(Comparator.comparing(FailedValidation::gate).reversed());
          failed.put(run, found);
        }
      }
      return failed;
    });
  }

  /** The last validation of a run against each contract and schema, in the order of recording. */
  private List<Validation> lastOf(RunId run) {
    record Against(ContractId contract, String schema) {}
    var last = new HashMap<Against, Validation>();
    ofRun(run, Integer.MAX_VALUE)
        .forEach(validation ->
            last.put(
                new Against(validation.contract(), validation.schemaName().orElse("")),
                validation));
    return last.values().stream()
        .sorted(Comparator.comparing(validation -> validation.id().value()))
        .toList();
  }

  static CommonError plus(CommonError one, CommonError other) {
    return new CommonError(
        one.code(),
        one.message().compareTo(other.message()) <= 0 ? one.message() : other.message(),
        one.validations() + other.validations(),
        one.rows() + other.rows());
  }

  private static ValidationSum sum(Validation validation) {
    var verdict = validation.verdict();
    return new ValidationSum(
        verdict == Verdict.PASSED ? 1 : 0,
        verdict == Verdict.FAILED ? 1 : 0,
        verdict == Verdict.WARNING ? 1 : 0,
        verdict == Verdict.SKIPPED ? 1 : 0,
        validation.counts().rows(),
        validation.counts().errors(),
        validation.duration().isPresent() ? 1 : 0,
        validation.duration().map(Duration::toNanos).orElse(0L) / 1_000);
  }

  private List<Validation> within(
      Reach.Within reach, ContractId contract, Instant from, Instant to) {
    return transactions.reading(() ->
        matching(reach, ValidationFilter.ALL)
            .filter(validation -> validation.contract().equals(contract))
            .filter(validation -> !validation.recordedAt().isBefore(from))
            .filter(validation -> validation.recordedAt().isBefore(to))
            .toList());
  }

  private Stream<Validation> matching(Reach.Within reach, ValidationFilter filter) {
    return rows.all().stream()
        .filter(its -> reach.includes(its.organization(), its.project()))
        .filter(this::isThere)
        .filter(its -> isAsked(filter.contract(), Optional.of(its.contract().value())))
        .filter(its -> isAsked(filter.run(), its.run()))
        .filter(its -> isAsked(filter.schemaName(), its.schemaName()))
        .filter(its -> filter.verdicts().isEmpty() || filter.verdicts().contains(its.verdict()))
        .filter(
            its -> filter.recordedFrom().map(from -> !its.recordedAt().isBefore(from)).orElse(true))
        .filter(its -> filter.recordedTo().map(to -> !its.recordedAt().isAfter(to)).orElse(true));
  }

  private static <T> boolean isAsked(Optional<T> asked, Optional<T> held) {
    return asked.isEmpty() || asked.equals(held);
  }

  private boolean isThere(Validation validation) {
    return validation.run().map(run -> runs.find(Reach.everywhere(), run).isPresent()).orElse(true);
  }

  private void removeOf(RunId run) {
    ofRun(run, Integer.MAX_VALUE).forEach(validation -> rows.remove(validation.id()));
  }
}
