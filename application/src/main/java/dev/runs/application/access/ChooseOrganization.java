package dev.runs.application.access;

import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;

/** Lets somebody who is signed in act in another organization. */
public final class ChooseOrganization {

  private final WebSessions sessions;
  private final Organizations organizations;
  private final Transactions transactions;

  public ChooseOrganization(
      WebSessions sessions, Organizations organizations, Transactions transactions) {
    this.sessions = sessions;
    this.organizations = organizations;
    this.transactions = transactions;
  }

  /**
   * @throws AccessRejected.OrganizationNotFound when the person does not belong there and is no
   *     platform admin, or when there is no such organization
   */
  public void choose(SignedIn signedIn, OrganizationId organization) {
    transactions.inTransaction(() -> {
      var belongs =
          signedIn.memberships().stream().anyMatch(its -> its.organization().equals(organization));
      if (!belongs
          && !(signedIn.person().isPlatformAdmin()
              && organizations.find(organization).isPresent())) {
        throw new AccessRejected.OrganizationNotFound();
      }
      sessions.save(signedIn.session().in(organization));
      return organization;
    });
  }
}
