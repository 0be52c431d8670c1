package dev.runs.application.validation;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.ValidationRejected;
import java.util.Optional;

/** Shows what the organization in which the caller acts wants to follow from validations. */
public final class ShowContractPolicies {

  /** The most policies of a page. */
  public static final int LARGEST_PAGE = 100;

  private final ContractPolicies policies;

  public ShowContractPolicies(ContractPolicies policies) {
    this.policies = policies;
  }

  /**
   * @throws ValidationRejected.PolicyNotFound when nobody said anything about the contract
   */
  public ContractPolicy show(Caller caller, ContractId contract) {
    return policies
        .find(caller.organization(), contract)
        .orElseThrow(ValidationRejected.PolicyNotFound::new);
  }

  /**
   * What was said, by contract.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<ContractPolicy> list(Caller caller, Optional<String> cursor, int limit) {
    var after = cursor.map(ShowContractPolicies::place);
    return Page.cut(
        policies.page(caller.organization(), after, limit + 1),
        limit,
        policy -> Cursor.of(policy.contract().value()));
  }

  private static ContractId place(String cursor) {
    try {
      return new ContractId(Cursor.text(cursor));
    } catch (PipelineRejected.BadText e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
