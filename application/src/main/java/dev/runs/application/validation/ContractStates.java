package dev.runs.application.validation;

import dev.runs.domain.access.Reach;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Gate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Puts together how contracts stand, in a number of queries that does not depend on theirs. */
public final class ContractStates {

  /** The days of {@link ContractState#week}. */
  public static final int WEEK = 7;

  /** The days of {@link ContractState#month}. */
  public static final int MONTH = 30;

  private final Contracts contracts;
  private final ContractPolicies policies;

  public ContractStates(Contracts contracts, ContractPolicies policies) {
    this.contracts = contracts;
    this.policies = policies;
  }

  /** The beginning of the first of the last days, today among them. */
  static Instant firstOf(int days, Instant now) {
    return now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L));
  }

  /** As part of a snapshot, in the order asked for. */
  List<ContractState> of(Reach.Within reach, List<ContractId> asked, Instant now) {
    if (asked.isEmpty()) {
      return List.of();
    }
    var days = contracts.days(reach, asked, firstOf(MONTH, now));
    var runs = contracts.lastRuns(reach, asked);
    var validations = contracts.lastValidations(reach, asked);
    var gates = policies.findAll(reach.organization(), asked);
    var week = firstOf(WEEK, now);
    return asked.stream()
        .map(contract -> {
          var its = days.getOrDefault(contract, Collections.emptySortedMap());
          return new ContractState(
              contract,
              Optional.ofNullable(gates.get(contract)).map(ContractPolicy::gate).orElse(Gate.NONE),
              Optional.ofNullable(runs.get(contract)),
              Optional.ofNullable(validations.get(contract)),
              sum(its.tailMap(week)),
              sum(its));
        })
        .toList();
  }

  private static VerdictCounts sum(SortedMap<Instant, VerdictCounts> days) {
    return days.values().stream().reduce(VerdictCounts.NONE, VerdictCounts::plus);
  }
}
