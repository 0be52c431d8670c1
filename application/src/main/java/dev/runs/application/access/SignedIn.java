package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.WebSession;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who is signed in, as they are at this moment.
 *
 * @param organization where they act; nothing for who belongs to none
 * @param memberships the oldest organization first
 */
public record SignedIn(
    Person person,
    WebSession session,
    Optional<OrganizationId> organization,
    List<Membership> memberships) {

  public SignedIn {
    memberships = List.copyOf(memberships);
  }

  /** What they belong to where they act; nothing for a platform admin who does not belong there. */
  public Optional<Membership> membership() {
    return memberships.stream()
        .filter(its -> organization.equals(Optional.of(its.organization())))
        .findFirst();
  }

  /** What they may do; nothing for who belongs to no organization. */
  public Optional<Access> access() {
    return person.isPlatformAdmin()
        ? Optional.of(Access.ofPlatform(person.principal()))
        : membership().map(Membership::access);
  }

  /** The caller they are; nothing for who belongs to no organization. */
  public Optional<Caller> caller(Origin origin) {
    return access().flatMap(its -> organization.map(where -> new Caller(its, where, origin)));
  }
}
