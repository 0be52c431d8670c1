package dev.runs.application.access;

import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tells what organizations are called by their clients, and the other way round. */
public final class NameOrganizations {

  private static final int MOST_KNOWN = 10_000;

  private final Organizations organizations;
  private final Map<OrganizationId, ExternalId> nameOf = new ConcurrentHashMap<>();
  private final Map<ExternalId, OrganizationId> byName = new ConcurrentHashMap<>();

  public NameOrganizations(Organizations organizations) {
    this.organizations = organizations;
  }

  /**
   * @throws AccessRejected.OrganizationNotFound when there is no such organization
   */
  public ExternalId nameOf(OrganizationId id) {
    var known = nameOf.get(id);
    return known == null
        ? remembered(organizations.find(id).orElseThrow(AccessRejected.OrganizationNotFound::new))
            .externalId()
        : known;
  }

  /** Finds nothing when no organization is called so. */
  public Optional<OrganizationId> find(ExternalId name) {
    var known = byName.get(name);
    return known == null
        ? organizations.find(name).map(this::remembered).map(Organization::id)
        : Optional.of(known);
  }

  /** What an organization is called outside never changes, so it may be believed for ever. */
  private Organization remembered(Organization organization) {
    if (nameOf.size() >= MOST_KNOWN) {
      nameOf.clear();
      byName.clear();
    }
    nameOf.put(organization.id(), organization.externalId());
    byName.put(organization.externalId(), organization.id());
    return organization;
  }
}
