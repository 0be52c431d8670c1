package dev.runs.adapters.rest.queue;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.queue.Lease;
import org.jspecify.annotations.Nullable;

/**
 * A lease as its worker is told of it.
 *
 * @param timesOutAt when the attempt has taken too long; null for no limit
 * @param cancelRequested whether the worker is asked to stop
 * @param cancelBy until when; null when it is not asked
 */
record LeaseJson(
    String runId,
    int attempt,
    String leaseToken,
    String expiresAt,
    @Nullable String timesOutAt,
    boolean cancelRequested,
    @Nullable String cancelBy) {

  static LeaseJson of(Lease lease) {
    return new LeaseJson(
        lease.run().toString(),
        lease.attempt(),
        lease.token().toString(),
        Times.written(lease.expiresAt()),
        lease.timesOutAt().map(Times::written).orElse(null),
        lease.cancelBy().isPresent(),
        lease.cancelBy().map(Times::written).orElse(null));
  }
}
