package dev.runs.adapters.persistence;

import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container, which Testcontainers removes after the JVM has ended. */
final class PostgresContainer {

  private static final String IMAGE = "postgres:18-alpine";
  private static final int PORT = 5432;

  private PostgresContainer() {}

  @SuppressWarnings("resource") // lives as long as the JVM
  static PostgresLogin start() {
    var container =
        new PostgreSQLContainer(IMAGE)
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
    container.start();
    return new PostgresLogin(
        container.getHost(),
        container.getMappedPort(PORT),
        container.getDatabaseName(),
        container.getUsername(),
        container.getPassword());
  }
}
