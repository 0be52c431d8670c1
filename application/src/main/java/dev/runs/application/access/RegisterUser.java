package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import java.time.InstantSource;

/** Finds the user of an external id in an organization, or makes it. */
public final class RegisterUser {

  private final Organizations organizations;
  private final Users users;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public RegisterUser(
      Organizations organizations,
      Users users,
      Transactions transactions,
      Ids ids,
      InstantSource clock) {
    this.organizations = organizations;
    this.users = users;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * @throws AccessRejected.OrganizationNotFound when there is none within the caller's reach
   */
  public Upserted<User> register(
      Caller caller,
      OrganizationId organization,
      ExternalId externalId,
      Receipt<Upserted<User>> receipt) {
    caller.require(Scope.RUNS_WRITE);
    var now = clock.instant();
    var user = new User(new UserId(ids.next()), organization, externalId, now, now);
    return transactions.inTransaction(
        receipt,
        () -> {
          if (!caller.reach().includes(organization)
              || organizations.find(organization).isEmpty()) {
            throw new AccessRejected.OrganizationNotFound();
          }
          return users.addUnlessThere(user);
        });
  }
}
