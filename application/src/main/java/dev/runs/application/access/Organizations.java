package dev.runs.application.access;

import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All organizations there are. */
public interface Organizations {

  /**
   * Adds the organization, with its project {@code default}, unless there is one of its external
   * id, in one step: of any number of callers at once exactly one adds.
   */
  Upserted<Organization> addUnlessThere(Organization organization);

  /** Writes what can be set about one that is there. */
  void save(Organization organization);

  Optional<Organization> find(OrganizationId id);

  Optional<Organization> find(ExternalId externalId);

  /** Those of them that exist, by id. */
  Map<OrganizationId, Organization> findAll(Collection<OrganizationId> ids);

  /**
   * In the order of their ids.
   *
   * @param after the one behind which to go on; nothing for the first page
   */
  List<OrganizationId> after(Optional<OrganizationId> after, int limit);

  /**
   * In the order of their external ids, code point by code point.
   *
   * @param beginning how their external ids begin; empty for all
   * @param after the one behind which to go on; nothing for the first page
   */
  List<Organization> list(String beginning, Optional<ExternalId> after, int limit);
}
