package dev.runs.application.lineage;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.lineage.LineageId;

/** A run as an organization's executors name it. */
public record LineageKey(OrganizationId organization, LineageId id) {}
