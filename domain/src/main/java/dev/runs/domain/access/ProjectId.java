package dev.runs.domain.access;

import java.util.UUID;

/** Names one project of an organization; UUIDv7. */
public record ProjectId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
