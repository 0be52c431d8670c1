package dev.runs.application;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;

/**
 * Who asks.
 *
 * @param principal as it is written into events
 * @param organization where the caller acts when a request names no organization
 * @param reach whose data it may touch
 */
public record Caller(Principal principal, OrganizationId organization, Reach reach) {}
