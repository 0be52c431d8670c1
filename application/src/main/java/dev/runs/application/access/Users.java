package dev.runs.application.access;

import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All users there are. */
public interface Users {

  /**
   * Adds the user unless its organization has one of its external id, in one step: of any number of
   * callers at once exactly one adds.
   */
  Upserted<User> addUnlessThere(User user);

  /** Finds nothing when the organization has no such user. */
  Optional<User> find(OrganizationId organization, ExternalId externalId);

  /**
   * The users of an organization, in the order of their external ids, code point by code point.
   *
   * @param beginning how their external ids begin; empty for all
   * @param after the one behind which to go on; nothing for the first page
   */
  List<User> list(
      OrganizationId organization, String beginning, Optional<ExternalId> after, int limit);

  /** Those of them that exist, by id, whatever their organization. */
  Map<UserId, User> findAll(Collection<UserId> ids);
}
