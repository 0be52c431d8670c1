package dev.runs.adapters.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one PostgreSQL server of this JVM's tests, found in this order: the address in {@value
 * #ADDRESS}, a container where Docker answers, the embedded server, one that is installed on the
 * machine. It is started when first asked for and stopped with the JVM.
 */
public final class PostgresServer {

  /** Names a server to use instead: {@code postgresql://user:password@host:port/database}. */
  public static final String ADDRESS = "RUNS_TEST_POSTGRES_URL";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final class Started {
    static final PostgresLogin LOGIN = find();
  }

  private PostgresServer() {}

  /** A database of its own for whoever asks, without any table. */
  public static PostgresLogin newDatabase() {
    var name =
        "runs_test_%d_%d".formatted(ProcessHandle.current().pid(), DATABASES.incrementAndGet());
    execute("create database %s template template0 %s".formatted(name, order()));
    return Started.LOGIN.inDatabase(name);
  }

  public static void drop(PostgresLogin login) {
    execute("drop database if exists %s with (force)".formatted(login.database()));
  }

  /**
   * Texts are ordered as in English where the server can do it, so that a table that forgets to
   * order them by their bytes is found out.
   */
  private static String order() {
    try (var connection = connect();
        var rows =
            connection
                .createStatement()
                .executeQuery("select 1 from pg_collation where collname = 'en-x-icu'")) {
      return rows.next() ? "encoding 'UTF8' locale_provider icu icu_locale 'en'" : "";
    } catch (SQLException e) {
      throw new IllegalStateException("the PostgreSQL server does not answer", e);
    }
  }

  private static void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot " + sql, e);
    }
  }

  private static Connection connect() throws SQLException {
    var login = Started.LOGIN;
    return DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password());
  }

  private static PostgresLogin find() {
    var given = Optional.ofNullable(System.getenv(ADDRESS));
    if (given.isPresent()) {
      LOG.info("PostgreSQL: the server that {} names", ADDRESS);
      return PostgresLogin.of(given.get());
    }
    if (DockerSocket.answers()) {
      LOG.info("PostgreSQL: a container");
      return PostgresContainer.start();
    }
    try {
      return embedded();
    } catch (IOException | RuntimeException e) {
      LOG.info("PostgreSQL: the embedded server does not start", e);
      return installed(e);
    }
  }

  private static PostgresLogin embedded() throws IOException {
    var login = EmbeddedServer.start();
    LOG.info("PostgreSQL: the embedded server");
    return login;
  }

  private static PostgresLogin installed(Exception before) {
    try {
      var login = InstalledServer.start();
      LOG.info("PostgreSQL: the one that is installed");
      return login;
    } catch (IOException e) {
      var failure = new UncheckedIOException("there is no PostgreSQL to test with", e);
      failure.addSuppressed(before);
      throw failure;
    }
  }
}
