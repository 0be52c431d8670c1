package dev.runs.application.secret;

import dev.runs.application.access.Organizations;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.secret.CredentialCheck;
import dev.runs.domain.secret.Credentials;
import dev.runs.domain.secret.SecretRejected;

/**
 * Refuses inputs that hold what looks like a credential, unless the organization has switched that
 * off. Look for them before the transaction; what holds none costs no question to the database.
 */
public final class InputCheck {

  private final Organizations organizations;

  public InputCheck(Organizations organizations) {
    this.organizations = organizations;
  }

  /**
   * @param organization where the input is to be kept
   * @param found in the input
   * @throws SecretRejected.CredentialFound when there are any and the organization wants it so
   */
  public void refuseCredentials(OrganizationId organization, Credentials found) {
    if (!found.isEmpty() && isWanted(organization)) {
      throw new SecretRejected.CredentialFound(found);
    }
  }

  private boolean isWanted(OrganizationId organization) {
    return organizations
        .find(organization)
        .map(known -> known.credentialCheck() == CredentialCheck.REFUSE)
        .orElse(true);
  }
}
