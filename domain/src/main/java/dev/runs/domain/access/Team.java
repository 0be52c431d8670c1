package dev.runs.domain.access;

import java.time.Instant;

/**
 * People of an organization who own API keys together.
 *
 * @param name unique within the organization
 */
public record Team(
    TeamId id,
    OrganizationId organization,
    DisplayName name,
    Instant createdAt,
    Instant updatedAt) {

  /** The same team under another name. */
  public Team renamed(DisplayName newName, Instant now) {
    return name.equals(newName) ? this : new Team(id, organization, newName, createdAt, now);
  }
}
