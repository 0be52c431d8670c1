package dev.runs.adapters.rest.queue;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.queue.KindPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a kind.
 *
 * @param timeout of an attempt, in seconds; null for no limit
 * @param concurrency how many may be executed at the same time; null for no limit
 * @param startsPerMinute null for no limit
 */
record KindJson(
    String kind,
    String organizationId,
    int maxAttempts,
    long backoffSeconds,
    int backoffFactor,
    long backoffCapSeconds,
    @Nullable Long timeout,
    @Nullable Integer concurrency,
    @Nullable Integer startsPerMinute,
    boolean paused,
    String updatedAt) {

  static KindJson of(KindPolicy policy) {
    return new KindJson(
        policy.kind().value(),
        policy.organization().toString(),
        policy.maxAttempts(),
        policy.backoff().base().toSeconds(),
        policy.backoff().factor(),
        policy.backoff().cap().toSeconds(),
        policy.timeout().map(Duration::toSeconds).orElse(null),
        policy.mostRunning().orElse(null),
        policy.startsPerMinute().orElse(null),
        policy.isPaused(),
        Times.written(policy.updatedAt()));
  }
}
