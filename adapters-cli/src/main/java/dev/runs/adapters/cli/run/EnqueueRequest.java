package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run that is to wait in the queue.
 *
 * @param input nothing for an empty object
 * @param project by id or slug
 * @param key by which asking twice makes one run
 * @param parent the id of the run above
 */
record EnqueueRequest(
    String kind,
    Optional<JsonNode> input,
    Optional<String> project,
    Optional<String> key,
    Optional<Integer> maxAttempts,
    Optional<Integer> priority,
    Optional<Instant> scheduledAt,
    Optional<Duration> timeout,
    Optional<String> parent) {

  /** As the API takes it. */
  ObjectNode json() {
    var json = Documents.object().put("kind", kind);
    input.ifPresent(value -> json.set("input", value));
    project.ifPresent(value -> json.put("projectId", value));
    key.ifPresent(value -> json.put("idempotencyKey", value));
    maxAttempts.ifPresent(value -> json.put("maxAttempts", value));
    priority.ifPresent(value -> json.put("priority", value));
    scheduledAt.ifPresent(value -> json.put("scheduledAt", value.toString()));
    timeout.ifPresent(value -> json.put("timeout", value.toSeconds()));
    parent.ifPresent(value -> json.put("parentRunId", value));
    return json;
  }
}
