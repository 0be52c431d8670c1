package dev.runs.domain.cost;

import java.time.Instant;
import java.util.UUID;

/**
 * What one unit of something costs from an instant on, until a later entry of the same name takes
 * over.
 *
 * @param id UUIDv7
 */
public record Price(
    UUID id,
    CostName name,
    UnitPrice unitPrice,
    Instant effectiveFrom,
    Instant createdAt,
    Instant updatedAt) {}
