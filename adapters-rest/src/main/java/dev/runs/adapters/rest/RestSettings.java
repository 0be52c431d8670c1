package dev.runs.adapters.rest;

/**
 * What can be set about this surface.
 *
 * @param mostBodyBytes how many bytes the body of a request may have, at least 1
 */
public record RestSettings(long mostBodyBytes) {

  /** One mebibyte. */
  public static final RestSettings USUAL = new RestSettings(1 << 20);

  public RestSettings {
    if (mostBodyBytes < 1) {
      throw new IllegalArgumentException("a body may have at least 1 byte, not " + mostBodyBytes);
    }
  }
}
