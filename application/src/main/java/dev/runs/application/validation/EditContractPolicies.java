package dev.runs.application.validation;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.ValidationRejected;
import java.time.InstantSource;
import java.util.Map;

/** Says what is to follow from validations of a contract. */
public final class EditContractPolicies {

  private final ContractPolicies policies;
  private final Transactions transactions;
  private final Auditor auditor;
  private final InstantSource clock;

  public EditContractPolicies(
      ContractPolicies policies, Transactions transactions, Auditor auditor, InstantSource clock) {
    this.policies = policies;
    this.transactions = transactions;
    this.auditor = auditor;
    this.clock = clock;
  }

  /**
   * In the organization in which the caller acts; it counts for what is reported from then on.
   *
   * @throws AccessRejected.ScopeMissing when the caller may not administer
   * @throws AccessRejected.BoundToProjects when the caller is bound to projects
   */
  public ContractPolicy put(Caller caller, ContractId contract, Gate gate) {
    caller.require(Scope.ORG_ADMIN);
    requireWhole(caller);
    var policy = new ContractPolicy(caller.organization(), contract, gate, clock.instant());
    return transactions.inTransaction(() -> {
      policies.save(policy);
      note(caller, contract, AuditAction.CONTRACT_CHANGED, Map.of("gate", gate.wireName()));
      return policy;
    });
  }

  /**
   * Lets nothing follow from them any more.
   *
   * @throws ValidationRejected.PolicyNotFound when nobody said anything about the contract
   * @throws AccessRejected.ScopeMissing when the caller may not administer
   * @throws AccessRejected.BoundToProjects when the caller is bound to projects
   */
  public void remove(Caller caller, ContractId contract) {
    caller.require(Scope.ORG_ADMIN);
    requireWhole(caller);
    transactions.inTransaction(() -> {
      if (!policies.remove(caller.organization(), contract)) {
        throw new ValidationRejected.PolicyNotFound();
      }
      note(caller, contract, AuditAction.CONTRACT_RESET, Map.of());
      return contract;
    });
  }

  private void note(
      Caller caller, ContractId contract, AuditAction action, Map<String, String> details) {
    auditor.note(caller, caller.organization(), action, "contract:" + contract, details);
  }

  private static void requireWhole(Caller caller) {
    if (!caller.reach().covers(Reach.within(caller.organization()))) {
      throw new AccessRejected.BoundToProjects();
    }
  }
}
