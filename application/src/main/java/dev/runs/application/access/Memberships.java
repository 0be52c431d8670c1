package dev.runs.application.access;

import dev.runs.domain.access.Membership;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.PersonId;
import java.util.List;
import java.util.Optional;

/** Who belongs to which organizations, and what they may do there. */
public interface Memberships {

  /** Gives the person this role there, whatever it was before. */
  void put(Membership membership);

  /**
   * @return whether the person belonged to the organization
   */
  boolean remove(PersonId person, OrganizationId organization);

  /** What a person belongs to, the oldest organization first. */
  List<Membership> of(PersonId person);

  /** A person of the organization; nothing when they do not belong to it. */
  Optional<Member> find(OrganizationId organization, PersonId person);

  /**
   * The people of an organization, newest first.
   *
   * @param beginning how their logins begin; empty for all
   * @param after the person behind whom to go on; nothing for the first page
   */
  List<Member> list(
      OrganizationId organization, String beginning, Optional<PersonId> after, int limit);
}
