package dev.runs.domain.queue;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Slug;
import dev.runs.domain.run.RunId;
import java.time.Instant;

/**
 * A run that can be claimed.
 *
 * @param readyAt since when, or from when on
 */
public record Waiting(
    RunId run,
    OrganizationId organization,
    Slug project,
    Kind kind,
    Priority priority,
    Instant readyAt) {}
