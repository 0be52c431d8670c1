package dev.runs.adapters.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** PostgreSQL from binaries that Maven fetches; it ends with the JVM. */
final class EmbeddedServer {

  private EmbeddedServer() {}

  @SuppressWarnings("resource") // lives as long as the JVM
  static PostgresLogin start() throws IOException {
    var server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "200")
            .start();
    return new PostgresLogin("localhost", server.getPort(), "postgres", "postgres", "postgres");
  }
}
