package dev.runs.domain.access;

import java.util.UUID;

/** Names one user of an organization; UUIDv7. */
public record UserId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
