package dev.runs.domain.access;

import java.util.UUID;

/** Names one organization; UUIDv7. */
public record OrganizationId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
