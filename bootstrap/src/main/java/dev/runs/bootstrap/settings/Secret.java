package dev.runs.bootstrap.settings;

/**
 * A password or key. It is shown as {@code ***} wherever it is printed.
 *
 * @param value what it is, not empty
 */
public record Secret(String value) {

  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("A secret is not empty.");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
