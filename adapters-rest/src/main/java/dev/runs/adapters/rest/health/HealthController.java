package dev.runs.adapters.rest.health;

import dev.runs.adapters.rest.caller.Free;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.application.Health;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers those who watch over the service; open to everybody. */
@RestController
class HealthController {

  private static final String SERVICE = "runs-service";

  /** What clients of the cost tracker compare as a whole. */
  private record HealthyJson(String status, String service) {}

  private record UnavailableJson(String status, String service, String reason) {}

  private record StatusJson(String status) {}

  private final Health health;

  HealthController(Health health) {
    this.health = health;
  }

  @Free
  @GetMapping("/health")
  ResponseEntity<byte[]> health() {
    return answer(new HealthyJson("ok", SERVICE));
  }

  /** The process lives, whatever it can reach. */
  @Free
  @GetMapping("/healthz")
  ResponseEntity<byte[]> alive() {
    return Answers.ok(new StatusJson("ok"));
  }

  /** Requests can be answered. */
  @Free
  @GetMapping("/readyz")
  ResponseEntity<byte[]> ready() {
    return answer(new StatusJson("ready"));
  }

  private ResponseEntity<byte[]> answer(Object healthy) {
    return health
        .problem()
        .map(reason -> Answers.of(503, new UnavailableJson("unavailable", SERVICE, reason)))
        .orElseGet(() -> Answers.ok(healthy));
  }
}
