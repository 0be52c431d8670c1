package dev.runs.adapters.rest;

import java.util.List;

/**
 * What can be set about this surface.
 *
 * @param mostBodyBytes how many bytes the body of a request may have, at least 1
 * @param corsOrigins whose pages may call from a browser; {@code *} is everybody
 */
public record RestSettings(long mostBodyBytes, List<String> corsOrigins) {

  public RestSettings {
    corsOrigins = List.copyOf(corsOrigins);
    if (mostBodyBytes < 1) {
      throw new IllegalArgumentException("a body may have at least 1 byte, not " + mostBodyBytes);
    }
  }
}
