package dev.runs.application;

import java.util.UUID;

/** Makes identifiers. */
public interface Ids {

  /** A UUIDv7 that this process never gives twice, later than the ones given before. */
  UUID next();
}
