package dev.runs.application.bulk;

import java.util.UUID;

/** Names one bulk operation; UUIDv7, given out with the preview, so that it is started once. */
public record BulkId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
