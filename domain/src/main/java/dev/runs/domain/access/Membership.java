package dev.runs.domain.access;

import java.util.Optional;

/** What a person may do in an organization. */
public record Membership(PersonId person, OrganizationId organization, Role role) {

  /** What it lets the person do. */
  public Access access() {
    return new Access(
        person.principal(), Reach.within(organization), role.scopes(), Optional.empty());
  }
}
