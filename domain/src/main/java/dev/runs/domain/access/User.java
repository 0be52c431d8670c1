package dev.runs.domain.access;

import java.time.Instant;

/**
 * Somebody in an organization on whose behalf runs are made.
 *
 * @param externalId unique within the organization; the same one in two organizations is two users
 */
public record User(
    UserId id,
    OrganizationId organization,
    ExternalId externalId,
    Instant createdAt,
    Instant updatedAt) {}
