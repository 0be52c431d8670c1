package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.QueueRejected;
import java.util.Map;

/** Says how the organization in which the caller acts wants runs of a kind to be treated. */
public final class EditKinds {

  private final KindPolicies policies;
  private final Transactions transactions;
  private final Auditor auditor;

  public EditKinds(KindPolicies policies, Transactions transactions, Auditor auditor) {
    this.policies = policies;
    this.transactions = transactions;
    this.auditor = auditor;
  }

  /**
   * Puts a policy in the place of the one that the kind has.
   *
   * @param policy of the caller's organization
   * @throws AccessRejected.BoundToProjects when the caller is bound to projects
   */
  public KindPolicy put(Caller caller, KindPolicy policy) {
    requireWhole(caller);
    return transactions.inTransaction(() -> {
      policies.save(policy);
      note(caller, policy.kind(), AuditAction.KIND_CHANGED);
      return policy;
    });
  }

  /**
   * Lets the kind be treated as usual again.
   *
   * @throws QueueRejected.PolicyNotFound when nobody said anything about it
   * @throws AccessRejected.BoundToProjects when the caller is bound to projects
   */
  public void remove(Caller caller, Kind kind) {
    requireWhole(caller);
    transactions.inTransaction(() -> {
      if (!policies.remove(caller.organization(), kind)) {
        throw new QueueRejected.PolicyNotFound();
      }
      note(caller, kind, AuditAction.KIND_RESET);
      return kind;
    });
  }

  private void note(Caller caller, Kind kind, AuditAction action) {
    auditor.note(caller, caller.organization(), action, "kind:" + kind, Map.of());
  }

  private static void requireWhole(Caller caller) {
    if (!caller.reach().covers(Reach.within(caller.organization()))) {
      throw new AccessRejected.BoundToProjects();
    }
  }
}
