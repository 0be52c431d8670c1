package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Map;

/** Finds the organization of an external id, or makes it. */
public final class RegisterOrganization {

  private final Organizations organizations;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;
  private final InstantSource clock;

  public RegisterOrganization(
      Organizations organizations,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.organizations = organizations;
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * @throws AccessRejected.ScopeMissing when the caller is not of the platform
   */
  public Upserted<Organization> register(
      Caller caller, ExternalId externalId, Receipt<Upserted<Organization>> receipt) {
    caller.require(Scope.PLATFORM_ADMIN);
    var fresh = fresh(externalId);
    return transactions.inTransaction(
        receipt,
        () -> {
          var registered = organizations.addUnlessThere(fresh);
          if (registered.isNew()) {
            auditor.note(
                caller,
                fresh.id(),
                AuditAction.ORGANIZATION_CREATED,
                "organization:" + fresh.id(),
                Map.of("externalId", externalId.value()));
          }
          return registered;
        });
  }

  /**
   * The organization of this external id, also when it must be made for it. For what the
   * configuration names, and what a call names that may act in every organization.
   */
  public Organization ensured(ExternalId externalId) {
    var fresh = fresh(externalId);
    return transactions.inTransaction(() -> organizations.addUnlessThere(fresh)).value();
  }

  private Organization fresh(ExternalId externalId) {
    return Organization.made(new OrganizationId(ids.next()), externalId, clock.instant());
  }
}
