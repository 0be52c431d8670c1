package dev.runs.domain.validation;

import java.util.UUID;

/** Names one validation; UUIDv7, so that the order of ids is the order of recording. */
public record ValidationId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
