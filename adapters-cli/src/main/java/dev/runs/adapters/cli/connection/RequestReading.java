package dev.runs.adapters.cli.connection;

import dev.runs.domain.secret.Input;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the REST surface looks at a request. Used here too, a key means the same request whether it
 * was enqueued over HTTP or on the file.
 */
public interface RequestReading {

  /** Tells a request from another one with the same idempotency key. */
  String fingerprint(ObjectNode request);

  /** All that was given, where credentials are looked for. */
  Input given(JsonNode request);

  /** Why a document cannot be kept, as the end of a sentence; nothing when it can. */
  Optional<String> fault(JsonNode document);
}
