package dev.runs.adapters.rest.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.domain.access.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers Prometheus, and whoever reads its text format. */
@RestController
class MetricsController {

  private static final MediaType TEXT =
      MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

  private final PrometheusMeterRegistry registry;
  private final LoadGauges loadGauges;

  MetricsController(PrometheusMeterRegistry registry, LoadGauges loadGauges) {
    this.registry = registry;
    this.loadGauges = loadGauges;
  }

  @Needs(Scope.PLATFORM_ADMIN)
  @GetMapping("/metrics")
  ResponseEntity<byte[]> scrape() {
    loadGauges.refresh();
    return ResponseEntity.ok().contentType(TEXT).body(registry.scrape().getBytes(UTF_8));
  }
}
