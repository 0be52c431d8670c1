package dev.runs.domain.access;

/**
 * Who did something, as it is written into events: {@code key:<id>}, {@code system}.
 *
 * @param value 1 to 255 characters, never a secret
 */
public record Principal(String value) {

  /** The service itself: sweeps, reapers, retention. */
  public static final Principal SYSTEM = new Principal("system");

  public Principal {
    if (value.isEmpty() || value.length() > 255) {
      throw new IllegalArgumentException("a principal has 1 to 255 characters, not " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
