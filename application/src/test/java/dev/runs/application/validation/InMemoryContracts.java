package dev.runs.application.validation;

import dev.runs.application.pipeline.PipelineFilter;
import dev.runs.application.pipeline.PipelineRuns;
import dev.runs.domain.access.Reach;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Validation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is known of contracts, in memory. */
public final class InMemoryContracts implements Contracts {

  private static final int ALL = Integer.MAX_VALUE;

  private final InMemoryValidations validations;
  private final PipelineRuns pipelines;
  private final ContractPolicies policies;

  public InMemoryContracts(
      InMemoryValidations validations, PipelineRuns pipelines, ContractPolicies policies) {
    this.validations = validations;
    this.pipelines = pipelines;
    this.policies = policies;
  }

  @Override
  public List<ContractId> page(Reach.Within reach, Optional<ContractId> after, int limit) {
    var found = new TreeSet<ContractId>();
    validations.everRecorded(reach).stream().map(Validation::contract).forEach(found::add);
    pipelines
        .newestFirst(reach, PipelineFilter.ALL, ALL, 0)
        .forEach(listed -> listed.pipeline().facts().contract().ifPresent(found::add));
    policies.page(reach.organization(), Optional.empty(), ALL).stream()
        .map(ContractPolicy::contract)
        .forEach(found::add);
    return found.stream()
        .filter(contract -> after.isEmpty() || contract.compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public Map<ContractId, SortedMap<Instant, VerdictCounts>> days(
      Reach.Within reach, Collection<ContractId> contracts, Instant from) {
    var days = new HashMap<ContractId, SortedMap<Instant, VerdictCounts>>();
    validations.everRecorded(reach).stream()
        .filter(validation -> contracts.contains(validation.contract()))
        .filter(validation -> !validation.recordedAt().isBefore(from))
        .forEach(validation ->
            days.computeIfAbsent(validation.contract(), _ -> new TreeMap<>())
                .merge(
                    validation.recordedAt().truncatedTo(ChronoUnit.DAYS),
                    VerdictCounts.of(validation.verdict()),
                    VerdictCounts::plus));
    return days;
  }

  @Override
  public Map<ContractId, LastValidation> lastValidations(
      Reach.Within reach, Collection<ContractId> contracts) {
    var last = new HashMap<ContractId, LastValidation>();
    for (var contract : contracts) {
      newest(reach, contract, 1)
          .forEach(its ->
              last.put(
                  contract,
                  new LastValidation(its.id(), its.verdict(), its.run(), its.recordedAt())));
    }
    return last;
  }

  @Override
  public Map<ContractId, LastRun> lastRuns(Reach.Within reach, Collection<ContractId> contracts) {
    var last = new HashMap<ContractId, LastRun>();
    for (var listed : pipelines.newestFirst(reach, PipelineFilter.ALL, ALL, 0)) {
      var facts = listed.pipeline().facts();
      facts
          .contract()
          .filter(contracts::contains)
          .ifPresent(contract ->
              last.putIfAbsent(
                  contract,
                  new LastRun(
                      listed.run().id(),
                      facts.pipelineName(),
                      listed.run().stateName(),
                      listed.run().createdAt())));
    }
    return last;
  }

  @Override
  public List<CommonError> recentErrors(
      Reach.Within reach, ContractId contract, int last, int most) {
    var byCode = new TreeMap<String, CommonError>();
    for (var validation : newest(reach, contract, last)) {
      var codes = new LinkedHashSet<String>();
      for (var error : validation.errors()) {
        byCode.merge(
            error.code(),
            new CommonError(
                error.code(),
                error.message(),
                codes.add(error.code()) ? 1 : 0,
                error.rowCount().orElse(0L)),
            InMemoryValidations::plus);
      }
    }
    return byCode.values().stream()
        .sorted(Comparator.comparing(CommonError::validations).reversed())
        .limit(most)
        .toList();
  }

  private List<Validation> newest(Reach.Within reach, ContractId contract, int most) {
    return validations.newestFirst(reach, ValidationFilter.ALL, ALL, 0).stream()
        .filter(validation -> validation.contract().equals(contract))
        .limit(most)
        .toList();
  }
}
