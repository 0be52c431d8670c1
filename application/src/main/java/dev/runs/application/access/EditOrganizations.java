package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.secret.CredentialCheck;
import java.time.InstantSource;
import java.util.Map;

/** Shows what is set about an organization, and sets it. */
public final class EditOrganizations {

  private final Organizations organizations;
  private final Transactions transactions;
  private final Auditor auditor;
  private final InstantSource clock;

  public EditOrganizations(
      Organizations organizations,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    this.organizations = organizations;
    this.transactions = transactions;
    this.auditor = auditor;
    this.clock = clock;
  }

  /**
   * @throws AccessRejected.OrganizationNotFound when it is beyond the caller's reach
   * @throws AccessRejected.BoundToProjects when the caller reaches only a part of it
   */
  public Organization show(Caller caller, OrganizationId id) {
    caller.require(Scope.ORG_ADMIN);
    if (!caller.reach().includes(id)) {
      throw new AccessRejected.OrganizationNotFound();
    }
    if (caller.reach() instanceof Reach.Within(_, var projects) && !projects.isEmpty()) {
      throw new AccessRejected.BoundToProjects();
    }
    return organizations.find(id).orElseThrow(AccessRejected.OrganizationNotFound::new);
  }

  /**
   * Sets what becomes of inputs that hold what looks like a credential.
   *
   * @return the organization as it is now
   * @throws AccessRejected.OrganizationNotFound as when it is shown
   * @throws AccessRejected.BoundToProjects as when it is shown
   */
  public Organization change(Caller caller, OrganizationId id, CredentialCheck check) {
    return transactions.inTransaction(() -> {
      var before = show(caller, id);
      var after = before.checking(check, clock.instant());
      if (!after.equals(before)) {
        organizations.save(after);
        auditor.note(
            caller,
            id,
            AuditAction.ORGANIZATION_CHANGED,
            "organization:" + id,
            Map.of("credentialCheck", check.wireName()));
      }
      return after;
    });
  }
}
