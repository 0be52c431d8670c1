package dev.runs.application.retention;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.retention.RetentionPolicy;
import java.util.Optional;

/** How long organizations that have said so want their runs to be kept. */
public interface RetentionPolicies {

  /** Nothing when the organization has said nothing. */
  Optional<RetentionPolicy> find(OrganizationId organization);

  /** Puts a policy in the place of the one there may be. */
  void save(OrganizationId organization, RetentionPolicy policy);

  /**
   * Forgets what the organization has said.
   *
   * @return whether it had said anything
   */
  boolean remove(OrganizationId organization);
}
