package dev.runs.adapters.cli.secret;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets in variables of the environment: {@code secret://prod/db-password} is {@code
 * RUNS_SECRET_PROD_DB_PASSWORD}.
 */
public final class EnvironmentSecrets implements SecretSource {

  /** How the names of the variables begin. */
  public static final String PREFIX = "RUNS_SECRET_";

  private final Map<String, String> environment;

  public EnvironmentSecrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Optional<String> find(String name) {
    return Optional.ofNullable(environment.get(variable(name)));
  }

  /** The variable that holds a secret. */
  static String variable(String name) {
    return PREFIX + name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
