package dev.runs.domain.access;

/**
 * What is kept of a password. It is never printed.
 *
 * @param value as the hashing writes it, with its salt and its cost
 */
public record PasswordHash(String value) {

  @Override
  public String toString() {
    return "***";
  }
}
