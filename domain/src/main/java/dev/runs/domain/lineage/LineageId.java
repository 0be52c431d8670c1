package dev.runs.domain.lineage;

import java.util.UUID;

/** Names a run where it is executed: a UUID of any version, made by whoever executes it. */
public record LineageId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
