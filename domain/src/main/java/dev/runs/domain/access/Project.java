package dev.runs.domain.access;

import java.time.Instant;

/**
 * A part of an organization that has its runs apart from others.
 *
 * @param slug unique within the organization; never changes
 * @param description for people; may be empty
 */
public record Project(
    ProjectId id,
    OrganizationId organization,
    Slug slug,
    DisplayName name,
    Description description,
    Instant createdAt,
    Instant updatedAt) {

  /** The project of an organization's runs that name none; it has the id of its organization. */
  public static Project defaultOf(Organization organization) {
    return new Project(
        new ProjectId(organization.id().value()),
        organization.id(),
        Slug.DEFAULT,
        new DisplayName(Slug.DEFAULT.value()),
        Description.NONE,
        organization.createdAt(),
        organization.createdAt());
  }

  /** The same project under another name or description. */
  public Project renamed(DisplayName newName, Description newDescription, Instant now) {
    return name.equals(newName) && description.equals(newDescription)
        ? this
        : new Project(id, organization, slug, newName, newDescription, createdAt, now);
  }
}
