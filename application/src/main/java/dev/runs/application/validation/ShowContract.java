package dev.runs.application.validation;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.Validation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows how one contract of the organization in which the caller acts stands, and stood. */
public final class ShowContract {

  /** The most days that are looked back. */
  public static final int MOST_DAYS = 365;

  /** How many validations are shown, those recorded last. */
  public static final int MOST_VALIDATIONS = 20;

  /** Among how many validations common errors are looked for, those recorded last. */
  public static final int SEARCHED = 1_000;

  /** How many common errors are told at most. */
  public static final int MOST_ERRORS = 10;

  /**
   * @param from the beginning of the first day that is shown
   * @param days how many days are shown, today included
   * @param past the validations of each of these days on which there was one
   * @param validations recorded last, the last first
   * @param commonErrors of the last {@value #SEARCHED} validations
   */
  public record ContractView(
      ContractState state,
      Instant from,
      int days,
      SortedMap<Instant, VerdictCounts> past,
      List<Validation> validations,
      List<CommonError> commonErrors) {

    public ContractView {
      past = Collections.unmodifiableSortedMap(new TreeMap<>(past));
      validations = List.copyOf(validations);
      commonErrors = List.copyOf(commonErrors);
    }

    /** Of all days that are shown. */
    public VerdictCounts whole() {
      return past.values().stream().reduce(VerdictCounts.NONE, VerdictCounts::plus);
    }
  }

  private final Contracts contracts;
  private final ContractStates states;
  private final Validations validations;
  private final Transactions transactions;
  private final InstantSource clock;

  public ShowContract(
      Contracts contracts,
      ContractPolicies policies,
      Validations validations,
      Transactions transactions,
      InstantSource clock) {
    this.contracts = contracts;
    this.states = new ContractStates(contracts, policies);
    this.validations = validations;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Also a contract of which nothing is known.
   *
   * @param days 1 to {@value #MOST_DAYS}
   * @throws AccessRejected.OrganizationNotFound when the organization is beyond the caller's reach
   * @throws AccessRejected.ScopeMissing when the caller may not read runs
   */
  public ContractView show(Caller caller, ContractId contract, int days) {
    caller.require(Scope.RUNS_READ);
    var reach =
        caller
            .reach()
            .in(caller.organization())
            .orElseThrow(AccessRejected.OrganizationNotFound::new);
    return transactions.inSnapshot(() -> view(reach, contract, days, clock.instant()));
  }

  private ContractView view(Reach.Within reach, ContractId contract, int days, Instant now) {
    var from = ContractStates.firstOf(days, now);
    var past = contracts.days(reach, List.of(contract), from);
    return new ContractView(
        states.of(reach, List.of(contract), now).getFirst(),
        from,
        days,
        past.getOrDefault(contract, Collections.emptySortedMap()),
        validations.newestFirst(reach, only(contract), MOST_VALIDATIONS, 0),
        contracts.recentErrors(reach, contract, SEARCHED, MOST_ERRORS));
  }

  private static ValidationFilter only(ContractId contract) {
    return new ValidationFilter(
        Optional.of(contract.value()),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }
}
