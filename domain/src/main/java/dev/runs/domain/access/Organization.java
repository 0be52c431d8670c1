package dev.runs.domain.access;

import java.time.Instant;

/**
 * A company or a part of one; everything else belongs to exactly one.
 *
 * @param externalId unique among all organizations
 */
public record Organization(
    OrganizationId id, ExternalId externalId, Instant createdAt, Instant updatedAt) {

  /** The external id of the organization that a first start creates. */
  public static final ExternalId DEFAULT = new ExternalId("default");
}
