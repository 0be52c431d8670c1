package dev.runs.domain.access;

import java.util.UUID;

/** Names one team of an organization; UUIDv7. */
public record TeamId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
