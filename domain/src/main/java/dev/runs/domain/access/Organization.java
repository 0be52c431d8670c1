package dev.runs.domain.access;

import dev.runs.domain.secret.CredentialCheck;
import java.time.Instant;

/**
 * A company or a part of one; everything else belongs to exactly one.
 *
 * @param externalId unique among all organizations
 * @param credentialCheck what becomes of inputs that hold what looks like a credential
 */
public record Organization(
    OrganizationId id,
    ExternalId externalId,
    CredentialCheck credentialCheck,
    Instant createdAt,
    Instant updatedAt) {

  /** The external id of the organization that a first start creates. */
  public static final ExternalId DEFAULT = new ExternalId("default");

  /** One that is made now, and in which nothing has been set yet. */
  public static Organization made(OrganizationId id, ExternalId externalId, Instant now) {
    return new Organization(id, externalId, CredentialCheck.REFUSE, now, now);
  }

  /** As it is once its check is set; this one when it was so already. */
  public Organization checking(CredentialCheck check, Instant now) {
    return check == credentialCheck
        ? this
        : new Organization(id, externalId, check, createdAt, now);
  }
}
