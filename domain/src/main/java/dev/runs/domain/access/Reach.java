package dev.runs.domain.access;

/**
 * Whose data a caller may touch. Every store takes it in every query, so that what lies beyond is
 * not found rather than refused.
 */
public sealed interface Reach {

  /** Whether what belongs to this organization can be seen. */
  boolean includes(OrganizationId organization);

  /** Every organization: the reach of a platform key. */
  record Everywhere() implements Reach {
    @Override
    public boolean includes(OrganizationId organization) {
      return true;
    }
  }

  /** One organization and nothing else. */
  record Within(OrganizationId organization) implements Reach {
    @Override
    public boolean includes(OrganizationId other) {
      return organization.equals(other);
    }
  }

  static Reach everywhere() {
    return new Everywhere();
  }

  static Reach within(OrganizationId organization) {
    return new Within(organization);
  }
}
