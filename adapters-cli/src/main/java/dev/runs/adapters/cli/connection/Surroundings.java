package dev.runs.adapters.cli.connection;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * What commands find around them.
 *
 * @param environment variables
 * @param input what is typed, or piped in
 * @param installations opens those on this machine
 */
public record Surroundings(
    Map<String, String> environment, InputStream input, LocalInstallation.Opening installations) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** A variable that is not blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
