package dev.runs.domain.lineage;

import java.time.Instant;
import java.util.Optional;

/**
 * The time for which a run was scheduled.
 *
 * @param end when the next one is scheduled
 */
public record NominalTime(Instant start, Optional<Instant> end) {}
