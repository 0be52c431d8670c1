package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.QueueRejected;
import java.time.InstantSource;
import java.util.Map;

/** Says how the organization in which the caller acts wants runs of a kind to be treated. */
public final class EditKinds {

  private final KindPolicies policies;
  private final Transactions transactions;
  private final Auditor auditor;
  private final InstantSource clock;

  public EditKinds(
      KindPolicies policies, Transactions transactions, Auditor auditor, InstantSource clock) {
    this.policies = policies;
    this.transactions = transactions;
    this.auditor = auditor;
    this.clock = clock;
  }

  /**
   * Puts a policy in the place of the one that the kind has.
   *
   * @param policy of the caller's organization
   * @throws AccessRejected.ScopeMissing when the caller may not administer
   * @throws AccessRejected.BoundToProjects when the caller is bound to projects
   */
  public KindPolicy put(Caller caller, KindPolicy policy) {
    caller.require(Scope.ORG_ADMIN);
    requireWhole(caller);
    return transactions.inTransaction(() -> {
      policies.save(policy);
      note(caller, policy.kind(), AuditAction.KIND_CHANGED, Map.of());
      return policy;
    });
  }

  /**
   * Lets the kind be treated as usual again.
   *
   * @throws QueueRejected.PolicyNotFound when nobody said anything about it
   * @throws AccessRejected.ScopeMissing when the caller may not administer
   * @throws AccessRejected.BoundToProjects when the caller is bound to projects
   */
  public void remove(Caller caller, Kind kind) {
    caller.require(Scope.ORG_ADMIN);
    requireWhole(caller);
    transactions.inTransaction(() -> {
      if (!policies.remove(caller.organization(), kind)) {
        throw new QueueRejected.PolicyNotFound();
      }
      note(caller, kind, AuditAction.KIND_RESET, Map.of());
      return kind;
    });
  }

  /**
   * Starts no more runs of a kind; those that are executed go on. Who waits for their end drains
   * it. A claim that is under way on PostgreSQL may still start one last batch after this returns.
   *
   * @throws AccessRejected.ScopeMissing when the caller may not act on runs
   * @throws AccessRejected.BoundToProjects when the caller is bound to projects
   */
  public KindPolicy pause(Caller caller, Kind kind) {
    return switchStarts(caller, kind, true);
  }

  /**
   * Starts runs of a kind again.
   *
   * @throws AccessRejected.ScopeMissing when the caller may not act on runs
   * @throws AccessRejected.BoundToProjects when the caller is bound to projects
   */
  public KindPolicy resume(Caller caller, Kind kind) {
    return switchStarts(caller, kind, false);
  }

  private KindPolicy switchStarts(Caller caller, Kind kind, boolean isPaused) {
    caller.require(Scope.RUNS_WRITE);
    requireWhole(caller);
    var usual = KindPolicy.usual(caller.organization(), kind, clock.instant());
    return transactions.inTransaction(() -> {
      var before = policies.find(caller.organization(), kind);
      if (before.orElse(usual).isPaused() == isPaused) {
        return before.orElse(usual);
      }
      policies.savePaused(usual.paused(isPaused, usual.updatedAt()));
      note(caller, kind, AuditAction.KIND_CHANGED, Map.of("paused", Boolean.toString(isPaused)));
      return policies.find(caller.organization(), kind).orElseThrow();
    });
  }

  private void note(Caller caller, Kind kind, AuditAction action, Map<String, String> details) {
    auditor.note(caller, caller.organization(), action, "kind:" + kind, details);
  }

  private static void requireWhole(Caller caller) {
    if (!caller.reach().covers(Reach.within(caller.organization()))) {
      throw new AccessRejected.BoundToProjects();
    }
  }
}
