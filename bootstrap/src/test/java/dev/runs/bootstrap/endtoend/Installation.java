package dev.runs.bootstrap.endtoend;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.PostgresLogin;
import dev.runs.adapters.persistence.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh database for each test, and the servers that the test starts on it. Registered as an
 * extension.
 */
abstract sealed class Installation implements BeforeEachCallback, AfterEachCallback {

  private final List<Server> servers = new ArrayList<>();

  private @Nullable Path folder;

  private Installation() {}

  static Installation onSqlite() {
    return new OnSqlite();
  }

  static Installation onPostgres() {
    return new OnPostgres();
  }

  /** Starts a server on the database and returns when it listens. */
  final Server start() throws IOException {
    return start(Map.of());
  }

  /**
   * As {@link #start()}.
   *
   * @param more variables of its environment
   */
  final Server start(Map<String, String> more) throws IOException {
    var server = Server.start(folder(), databaseUrl(), more);
    servers.add(server);
    return server;
  }

  @Override
  public final void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("runs-installation");
    create();
  }

  @Override
  public final void afterEach(ExtensionContext context) throws IOException, InterruptedException {
    var leaks = new ArrayList<String>();
    for (var server : servers) {
      server.kill();
      leaks.addAll(server.leaks());
    }
    servers.clear();
    drop();
    try (var files = Files.walk(folder())) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
    if (!leaks.isEmpty()) {
      throw new AssertionError("keys or passwords stand in the log: " + leaks);
    }
  }

  final Path folder() {
    return Objects.requireNonNull(folder, "the test has not begun");
  }

  /** Opens the database beside the servers, or when they have ended. */
  abstract Database openDatabase();

  /** Connects as people and reporting tools do, beside the servers. */
  abstract Connection connect() throws SQLException;

  abstract void create();

  abstract String databaseUrl();

  abstract void drop();

  private static final class OnSqlite extends Installation {

    /** The file is made by the server and goes with the folder. */
    @Override
    void create() {}

    @Override
    Database openDatabase() {
      return Databases.openSqlite(folder());
    }

    @Override
    Connection connect() throws SQLException {
      return DriverManager.getConnection("jdbc:" + databaseUrl());
    }

    @Override
    String databaseUrl() {
      return "sqlite:" + folder().resolve("runs.db");
    }

    @Override
    void drop() {}
  }

  private static final class OnPostgres extends Installation {

    private @Nullable PostgresLogin login;

    @Override
    void create() {
      login = PostgresServer.newDatabase();
    }

    @Override
    Database openDatabase() {
      return Databases.openPostgres(Objects.requireNonNull(login));
    }

    @Override
    Connection connect() throws SQLException {
      var known = Objects.requireNonNull(login);
      return DriverManager.getConnection(known.jdbcUrl(), known.properties());
    }

    @Override
    String databaseUrl() {
      return Objects.requireNonNull(login).libpqUrl();
    }

    @Override
    void drop() {
      PostgresServer.drop(Objects.requireNonNull(login));
    }
  }
}
