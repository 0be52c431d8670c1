package dev.runs.adapters.rest.metrics;

import dev.runs.application.queue.AttemptResult;
import dev.runs.application.queue.QueueMeter;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.StateName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times queued runs in a registry. */
public final class MicrometerQueueMeter implements QueueMeter {

  private static final String KIND = "kind";

  private static final Duration[] WAITS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(6)
  };

  private static final Duration[] RUNS = {
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(6)
  };

  private final KindLabels labels = new KindLabels();
  private final MeterProvider<Timer> waits;
  private final MeterProvider<Timer> attempts;
  private final MeterProvider<Counter> results;
  private final MeterProvider<Counter> ends;
  private final MeterProvider<Counter> reaped;

  public MicrometerQueueMeter(MeterRegistry registry) {
    this.waits =
        Timer.builder("runs.queue.wait")
            .description("How long runs were ready before a worker claimed them")
            .serviceLevelObjectives(WAITS)
            .withRegistry(registry);
    this.attempts =
        Timer.builder("runs.queue.attempt")
            .description("How long attempts took that have ended")
            .serviceLevelObjectives(RUNS)
            .withRegistry(registry);
    this.results =
        Counter.builder("runs.queue.attempts")
            .description("Attempts that have ended")
            .withRegistry(registry);
    this.ends =
        Counter.builder("runs.queue.ended")
            .description("Queued runs that have ended")
            .withRegistry(registry);
    this.reaped =
        Counter.builder("runs.queue.leases.reaped")
            .description("Leases that were taken away from workers")
            .withRegistry(registry);
  }

  @Override
  public void claimed(Kind kind, Duration waited) {
    waits.withTag(KIND, labels.of(kind)).record(waited);
  }

  @Override
  public void ended(Kind kind, AttemptResult result, Duration took, boolean isTakenAway) {
    var label = labels.of(kind);
    attempts.withTags(KIND, label, "outcome", result.wireName()).record(took);
    results.withTags(KIND, label, "outcome", result.wireName()).increment();
    if (isTakenAway) {
      reaped.withTag("outcome", result.wireName()).increment();
    }
  }

  @Override
  public void finished(Kind kind, StateName state) {
    ends.withTags(KIND, labels.of(kind), "state", state.wireName()).increment();
  }
}
