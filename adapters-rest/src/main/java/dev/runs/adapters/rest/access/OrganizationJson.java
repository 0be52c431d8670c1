package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.access.Organization;

/** An organization as it is shown. */
record OrganizationJson(
    String id, String externalId, String credentialCheck, String createdAt, String updatedAt) {

  static OrganizationJson of(Organization organization) {
    return new OrganizationJson(
        organization.id().toString(),
        organization.externalId().value(),
        organization.credentialCheck().wireName(),
        Times.written(organization.createdAt()),
        Times.written(organization.updatedAt()));
  }
}
