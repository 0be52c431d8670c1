package dev.runs.adapters.rest.lineage;

import dev.runs.adapters.rest.caller.Limited;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.registry.RegistryStatus;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.application.Caller;
import dev.runs.application.lineage.HearLineage;
import dev.runs.domain.access.Scope;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

@RestController
class LineageController {

  private static final int CREATED = 201;

  /** What an event is answered with whose run is there. */
  @JsonNaming(SnakeCaseStrategy.class)
  private record HeardJson(String runId, String status) {}

  /** What an event is answered with that waits for the parent of its run. */
  private record WaitingJson(String status) {}

  private final HearLineage hearLineage;

  LineageController(HearLineage hearLineage) {
    this.hearLineage = hearLineage;
  }

  /** An event tells its identity itself; heard again it changes nothing, with or without a key. */
  @Needs(Scope.RUNS_WRITE)
  @Limited(Budget.NEW_RUNS)
  @PostMapping("/api/v1/lineage")
  ResponseEntity<byte[]> hear(Caller caller, Body body) {
    var run = hearLineage.hear(caller, new LineageEvents(body).read());
    return Answers.of(
        CREATED,
        run.<Object>map(its ->
                new HeardJson(its.id().toString(), RegistryStatus.of(its.stateName()).word()))
            .orElseGet(() -> new WaitingJson("waiting")));
  }
}
