package dev.runs.domain.access;

import java.util.UUID;

/** Names one person; UUIDv7. */
public record PersonId(UUID value) {

  /** The person with this id, as it is written into events. */
  public Principal principal() {
    return new Principal("person:" + value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
