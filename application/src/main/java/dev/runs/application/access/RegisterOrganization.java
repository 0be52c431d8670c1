package dev.runs.application.access;

import dev.runs.application.Ids;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import java.time.InstantSource;

/** Finds the organization of an external id, or makes it. */
public final class RegisterOrganization {

  private final Organizations organizations;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public RegisterOrganization(
      Organizations organizations, Transactions transactions, Ids ids, InstantSource clock) {
    this.organizations = organizations;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  public Upserted<Organization> register(
      ExternalId externalId, Receipt<Upserted<Organization>> receipt) {
    var now = clock.instant();
    var organization = Organization.made(new OrganizationId(ids.next()), externalId, now);
    return transactions.inTransaction(receipt, () -> organizations.addUnlessThere(organization));
  }
}
