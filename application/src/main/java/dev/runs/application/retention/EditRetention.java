package dev.runs.application.retention;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.access.Organizations;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.retention.RetentionRejected;
import java.util.Map;

/** Shows how long an organization wants its runs to be kept, and sets it. */
public final class EditRetention {

  private final RetentionPolicies policies;
  private final Organizations organizations;
  private final Transactions transactions;
  private final Auditor auditor;
  private final RetentionPolicy usual;

  /**
   * @param usual what holds for organizations that have said nothing
   */
  public EditRetention(
      RetentionPolicies policies,
      Organizations organizations,
      Transactions transactions,
      Auditor auditor,
      RetentionPolicy usual) {
    this.policies = policies;
    this.organizations = organizations;
    this.transactions = transactions;
    this.auditor = auditor;
    this.usual = usual;
  }

  /**
   * What holds for an organization.
   *
   * @param isOwn whether it has said so itself
   */
  public record Shown(RetentionPolicy policy, boolean isOwn) {}

  /**
   * @throws AccessRejected.OrganizationNotFound when it is beyond the caller's reach
   * @throws AccessRejected.BoundToProjects when the caller reaches only a part of it
   */
  public Shown show(Caller caller, OrganizationId id) {
    requireWhole(caller, id);
    return policies
        .find(id)
        .map(policy -> new Shown(policy, true))
        .orElseGet(() -> new Shown(usual, false));
  }

  /**
   * Lets a policy hold from the next sweep on.
   *
   * @throws AccessRejected.OrganizationNotFound as when it is shown
   * @throws AccessRejected.BoundToProjects as when it is shown
   */
  public Shown put(Caller caller, OrganizationId id, RetentionPolicy policy) {
    return transactions.inTransaction(() -> {
      requireWhole(caller, id);
      policies.save(id, policy);
      note(
          caller,
          id,
          AuditAction.RETENTION_CHANGED,
          Map.of(
              "succeededDays", policy.succeededDays().map(String::valueOf).orElse("forever"),
              "otherDays", policy.otherDays().map(String::valueOf).orElse("forever")));
      return new Shown(policy, true);
    });
  }

  /**
   * Lets the usual policy hold again.
   *
   * @throws RetentionRejected.PolicyNotFound when it holds already
   * @throws AccessRejected.OrganizationNotFound as when it is shown
   * @throws AccessRejected.BoundToProjects as when it is shown
   */
  public void remove(Caller caller, OrganizationId id) {
    transactions.inTransaction(() -> {
      requireWhole(caller, id);
      if (!policies.remove(id)) {
        throw new RetentionRejected.PolicyNotFound();
      }
      note(caller, id, AuditAction.RETENTION_RESET, Map.of());
      return id;
    });
  }

  private void requireWhole(Caller caller, OrganizationId id) {
    caller.require(Scope.ORG_ADMIN);
    if (!caller.reach().includes(id) || organizations.find(id).isEmpty()) {
      throw new AccessRejected.OrganizationNotFound();
    }
    if (!caller.reach().covers(Reach.within(id))) {
      throw new AccessRejected.BoundToProjects();
    }
  }

  private void note(
      Caller caller, OrganizationId id, AuditAction action, Map<String, String> details) {
    auditor.note(caller, id, action, "organization:" + id, details);
  }
}
