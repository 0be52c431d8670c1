package dev.runs.domain.queue;

import java.util.UUID;

/** Proves that a claim was made. Each claim has its own; only the newest one of a run is good. */
public record LeaseToken(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
