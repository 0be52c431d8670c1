package dev.runs.application;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Makes identifiers. */
public interface Ids {

  /** A UUIDv7 that this process never gives twice, later than the ones given before. */
  UUID next();

  /**
   * An id below which there is none that was made at a moment or later; nothing where ids do not
   * tell when they were made.
   */
  default Optional<UUID> floorOf(Instant moment) {
    return Optional.empty();
  }
}
