package dev.runs.adapters.rest.request;

import dev.runs.adapters.rest.json.Json;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers as they are sent, whatever the client says it accepts. */
public final class Answers {

  private Answers() {}

  public static ResponseEntity<byte[]> ok(Object json) {
    return of(200, json);
  }

  public static ResponseEntity<byte[]> of(int status, Object json) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Json.bytes(json));
  }

  public static ResponseEntity<byte[]> nothing() {
    return ResponseEntity.noContent().build();
  }
}
