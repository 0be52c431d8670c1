package dev.runs.adapters.rest.access;

import dev.runs.application.retention.EditRetention.Shown;
import dev.runs.domain.access.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * How long an organization wants its runs to be kept.
 *
 * @param succeededDays null for ever
 * @param otherDays null for ever
 * @param own whether the organization has said so itself
 */
record RetentionJson(
    String organizationId,
    @Nullable Integer succeededDays,
    @Nullable Integer otherDays,
    boolean own) {

  static RetentionJson of(OrganizationId organization, Shown shown) {
    return new RetentionJson(
        organization.toString(),
        shown.policy().succeededDays().orElse(null),
        shown.policy().otherDays().orElse(null),
        shown.isOwn());
  }
}
