package dev.runs.application.validation;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineRejected;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lists the contracts of the organization in which the caller acts, and how they stand. */
public final class ListContracts {

  /** The most contracts of a page. */
  public static final int LARGEST_PAGE = 100;

  private final Contracts contracts;
  private final ContractStates states;
  private final Transactions transactions;
  private final InstantSource clock;

  public ListContracts(
      Contracts contracts,
      ContractPolicies policies,
      Transactions transactions,
      InstantSource clock) {
    this.contracts = contracts;
    this.states = new ContractStates(contracts, policies);
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * By their names.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   * @throws dev.runs.domain.access.AccessRejected.ScopeMissing when the caller may not read runs
   */
  public Page<ContractState> list(Caller caller, Optional<String> cursor, int limit) {
    caller.require(Scope.RUNS_READ);
    var after = cursor.map(ListContracts::place);
    return caller
        .reach()
        .in(caller.organization())
        .map(reach -> transactions.inSnapshot(() -> page(reach, after, limit)))
        .orElse(new Page<>(List.of(), Optional.empty()));
  }

  private Page<ContractState> page(Reach.Within reach, Optional<ContractId> after, int limit) {
    var page =
        Page.cut(
            contracts.page(reach, after, limit + 1),
            limit,
            contract -> Cursor.of(contract.value()));
    return new Page<>(states.of(reach, page.items(), clock.instant()), page.next());
  }

  private static ContractId place(String cursor) {
    try {
      return new ContractId(Cursor.text(cursor));
    } catch (PipelineRejected.BadText e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
