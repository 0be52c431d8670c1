package dev.runs.adapters.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A SQLite file: one thread that writes, a few connections that read. */
public final class SqliteDatabase extends Database {

  private static final int BUSY_MILLIS = 10_000;

  private final HikariDataSource readers;
  private final SqliteWriter writer;
  private final DSLContext reading;

  private SqliteDatabase(HikariDataSource readers, SqliteWriter writer, TablesUpdate tables) {
    super(tables);
    this.readers = readers;
    this.writer = writer;
    this.reading = context(readers, SQLDialect.SQLITE);
  }

  /**
   * Opens the file, or makes it, and brings its tables up to date.
   *
   * @throws NewerTables when a newer program has changed them
   * @param size of the connections that read
   */
  public static SqliteDatabase open(Path file, Pool size) {
    var writing = new SqliteFunctions(writing());
    writing.setUrl("jdbc:sqlite:" + file);
    try {
      return open(file, writing, writing.getConnection(), size);
    } catch (SQLException e) {
      throw new DataAccessException("cannot open " + file, e);
    }
  }

  /** Whether there are runs in a file; nothing is made and nothing changed. */
  public static boolean hasRuns(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return PriorRuns.areIn(connection);
    } catch (SQLException e) {
      throw new DataAccessException("cannot open " + file, e);
    }
  }

  private static SqliteDatabase open(
      Path file, DataSource writing, Connection connection, Pool size) throws SQLException {
    try {
      var tables = Migrations.migrateSqlite(writing, connection, file);
      return new SqliteDatabase(
          readers("jdbc:sqlite:" + file, size), SqliteWriter.start(connection), tables);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  DSLContext reading() {
    return reading;
  }

  @Override
  <T> T write(Supplier<T> work) {
    return writer.write(work);
  }

  @Override
  <T> T read(Supplier<T> work) {
    try (var connection = readers.getConnection()) {
      connection.setAutoCommit(false);
      try {
        return within(context(connection, SQLDialect.SQLITE), false, work);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new DataAccessException("the snapshot did not end as it should", e);
    }
  }

  /** The one that writes counts too, as in use. Who waits, waits to write. */
  @Override
  public Connections connections() {
    var now = readers.getHikariPoolMXBean();
    return new Connections(
        now.getTotalConnections() + 1, now.getActiveConnections() + 1, writer.waiting());
  }

  /** The writer goes last: who closes last empties the log into the file, and readers may not. */
  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  private static HikariDataSource readers(String address, Pool size) {
    var source = new SqliteFunctions(readOnly());
    source.setUrl(address);
    var config = new HikariConfig();
    config.setPoolName("runs-readers");
    config.setReadOnly(true);
    config.setDataSource(source);
    // the pool sets the flag on every connection, and the driver refuses to change it
    config.setReadOnly(true);
    size.applyTo(config);
    return new HikariDataSource(config);
  }

  private static SQLiteConfig writing() {
    var config = common();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    return config;
  }

  private static SQLiteConfig readOnly() {
    var config = common();
    config.setReadOnly(true);
    return config;
  }

  private static SQLiteConfig common() {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }
}
