package dev.runs.domain.access;

import java.util.Optional;
import java.util.Set;

/**
 * Whose data a caller may touch. Every store takes it in every query, so that what lies beyond is
 * not found rather than refused.
 */
public sealed interface Reach {

  /** Whether some of what belongs to this organization can be seen. */
  boolean includes(OrganizationId organization);

  /** Whether what belongs to this project of the organization can be seen. */
  boolean includes(OrganizationId organization, Slug project);

  /** The part of this reach that lies in an organization; nothing when none does. */
  Optional<Within> in(OrganizationId organization);

  /** Whether nothing of another reach lies beyond this one. */
  boolean covers(Reach other);

  /** Every organization: the reach of a platform key. */
  record Everywhere() implements Reach {
    @Override
    public boolean includes(OrganizationId organization) {
      return true;
    }

    @Override
    public boolean includes(OrganizationId organization, Slug project) {
      return true;
    }

    @Override
    public Optional<Within> in(OrganizationId organization) {
      return Optional.of(new Within(organization, Set.of()));
    }

    @Override
    public boolean covers(Reach other) {
      return true;
    }
  }

  /**
   * One organization and nothing else.
   *
   * @param projects the only ones of it; empty means all
   */
  record Within(OrganizationId organization, Set<Slug> projects) implements Reach {

    public Within {
      projects = Set.copyOf(projects);
    }

    @Override
    public boolean includes(OrganizationId other) {
      return organization.equals(other);
    }

    @Override
    public boolean includes(OrganizationId other, Slug project) {
      return organization.equals(other) && includes(project);
    }

    @Override
    public Optional<Within> in(OrganizationId other) {
      return organization.equals(other) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public boolean covers(Reach other) {
      return other instanceof Within(var itsOrganization, var itsProjects)
          && organization.equals(itsOrganization)
          && (projects.isEmpty() || (!itsProjects.isEmpty() && projects.containsAll(itsProjects)));
    }

    /** Whether a project of the organization can be seen. */
    public boolean includes(Slug project) {
      return projects.isEmpty() || projects.contains(project);
    }
  }

  static Reach everywhere() {
    return new Everywhere();
  }

  static Within within(OrganizationId organization) {
    return new Within(organization, Set.of());
  }
}
