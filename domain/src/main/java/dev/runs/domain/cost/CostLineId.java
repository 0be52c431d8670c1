package dev.runs.domain.cost;

import java.util.UUID;

/** Names one cost line; UUIDv7, so that the order of ids is the order of writing. */
public record CostLineId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
