package dev.runs.domain.access;

import java.util.UUID;

/** Names one API key; UUIDv7. Not the key itself, and no secret. */
public record ApiKeyId(UUID value) {

  /** The key with this id, as it is written into events. */
  public Principal principal() {
    return new Principal("key:" + value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
