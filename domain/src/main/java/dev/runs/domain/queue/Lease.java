package dev.runs.domain.queue;

import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker's right to execute a run. The token alone decides whether it still holds; nobody but the
 * store compares its times, by the clock of the database.
 *
 * @param expiresAt when it ends unless the worker is heard of
 * @param timesOutAt when the attempt has taken too long; nothing for no limit
 * @param cancelBy until when the worker was asked to stop; nothing when it was not
 */
public record Lease(
    RunId run,
    int attempt,
    LeaseToken token,
    WorkerId worker,
    Instant expiresAt,
    Optional<Instant> timesOutAt,
    Optional<Instant> cancelBy) {}
