package dev.runs.adapters.rest.metrics;

import dev.runs.adapters.rest.caller.RequestMeter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Counts and times requests in a registry. */
@Component
final class MicrometerRequestMeter implements RequestMeter {

  private static final Duration[] TIMES = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10)
  };

  private final MeterProvider<Timer> requests;

  MicrometerRequestMeter(PrometheusMeterRegistry registry) {
    this.requests =
        Timer.builder("http.server.requests")
            .description("How long requests took until they were answered")
            .serviceLevelObjectives(TIMES)
            .withRegistry(registry);
  }

  @Override
  public void answered(String method, String route, int status, Duration took) {
    requests
        .withTags("method", method, "route", route, "status", Integer.toString(status))
        .record(took);
  }
}
