package dev.runs.adapters.persistence;

import dev.runs.adapters.persistence.generated.TablesVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings tables up to date. One question tells whether they are: what reads hundreds of classes and
 * all migrations is begun only when they are not.
 */
final class Migrations {

  private static final String HISTORY = "flyway_schema_history";

  private static final String VERSIONS =
      "select version from " + HISTORY + " where version is not null and success";

  /** What PostgreSQL says of a table that is not there. */
  private static final String NO_TABLE_ON_POSTGRES = "42P01";

  /**
   * What SQLite says of a statement that it does not understand, such as one on a missing table.
   */
  private static final int NO_TABLE_ON_SQLITE = 1;

  /** A lock on a file keeps other processes out, and is refused to a second thread of this one. */
  private static final ReentrantLock OF_THIS_PROCESS = new ReentrantLock();

  private Migrations() {}

  /**
   * Brings the tables of PostgreSQL up to date, where Flyway lets one at a time do so.
   *
   * @throws NewerTables when a newer program has changed them
   */
  static TablesUpdate migratePostgres(DataSource source) throws SQLException {
    var before = version(source);
    return isUpToDate(before)
        ? new TablesUpdate(before, TablesVersion.NEWEST)
        : migrate(source, "postgresql", before);
  }

  /** Gives its connection back before Flyway needs two, which may be all there are. */
  private static Optional<Integer> version(DataSource source) throws SQLException {
    try (var connection = source.getConnection()) {
      return version(connection);
    }
  }

  /**
   * Brings the tables of a SQLite file up to date. A file beside it, which stays there, lets one
   * process at a time do so.
   *
   * @param connection to the file
   * @throws NewerTables when a newer program has changed them
   */
  static TablesUpdate migrateSqlite(DataSource source, Connection connection, Path file)
      throws SQLException {
    var before = version(connection);
    return isUpToDate(before)
        ? new TablesUpdate(before, TablesVersion.NEWEST)
        : alone(
            file.resolveSibling(file.getFileName() + ".lock"),
            () -> migrate(source, "sqlite", before));
  }

  private static boolean isUpToDate(Optional<Integer> version) {
    version
        .filter(its -> its > TablesVersion.NEWEST)
        .ifPresent(its -> {
          throw new NewerTables(its, TablesVersion.NEWEST);
        });
    return version.isPresent() && version.get() == TablesVersion.NEWEST;
  }

  /** Whoever came first has done it; Flyway looks once more. */
  private static TablesUpdate migrate(DataSource source, String folder, Optional<Integer> before) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration/" + folder)
        .table(HISTORY)
        .load()
        .migrate();
    return new TablesUpdate(before, TablesVersion.NEWEST);
  }

  private static <T> T alone(Path lock, Supplier<T> work) {
    OF_THIS_PROCESS.lock();
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      return work.get();
    } catch (IOException e) {
      throw new UncheckedIOException("the tables cannot be locked by " + lock, e);
    } finally {
      OF_THIS_PROCESS.unlock();
    }
  }

  /** Nothing when there are no tables yet. */
  private static Optional<Integer> version(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(VERSIONS)) {
      var newest = Optional.<Integer>empty();
      while (rows.next()) {
        var version = Integer.parseInt(rows.getString(1));
        newest = Optional.of(Math.max(version, newest.orElse(version)));
      }
      return newest;
    } catch (SQLException e) {
      if (NO_TABLE_ON_POSTGRES.equals(e.getSQLState()) || e.getErrorCode() == NO_TABLE_ON_SQLITE) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
