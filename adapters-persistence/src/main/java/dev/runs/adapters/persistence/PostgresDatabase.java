package dev.runs.adapters.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;

/**
 * PostgreSQL behind a pool. As many threads as there are connections work at a time; the others
 * wait in a queue of ours, for the pool spins when more wait than it has.
 */
public final class PostgresDatabase extends Database {

  private static final int TRIES = 5;

  private final HikariDataSource pool;
  private final Semaphore places;
  private final DSLContext reading;

  private PostgresDatabase(HikariDataSource pool, TablesUpdate tables) {
    super(tables);
    this.pool = pool;
    this.places = new Semaphore(pool.getMaximumPoolSize(), true);
    this.reading = context(pool, SQLDialect.POSTGRES);
  }

  /**
   * Opens the database and brings its tables up to date.
   *
   * @throws NewerTables when a newer program has changed them
   * @param url {@code jdbc:postgresql://…}, without user and password
   * @param properties of the driver, {@code user} and {@code password} among them
   */
  public static PostgresDatabase open(String url, Properties properties, Pool size) {
    var config = new HikariConfig();
    config.setPoolName("runs");
    config.setJdbcUrl(url);
    properties.forEach((name, value) -> config.addDataSourceProperty(name.toString(), value));
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // or messages of failures, which are logged, would hold values of the rows
    config.addDataSourceProperty("logServerErrorDetail", "false");
    size.applyTo(config);
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    config.setInitializationFailTimeout(Duration.ofSeconds(10).toMillis());
    var pool = new HikariDataSource(config);
    try {
      return new PostgresDatabase(pool, Migrations.migratePostgres(pool));
    } catch (SQLException e) {
      pool.close();
      throw new DataAccessException("the tables cannot be looked at", e);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Whether there are runs in a database; nothing is made and nothing changed.
   *
   * @param url as above
   * @param properties as above
   */
  public static boolean hasRuns(String url, Properties properties) {
    try (var connection = DriverManager.getConnection(url, properties)) {
      return PriorRuns.areIn(connection);
    } catch (SQLException e) {
      throw new DataAccessException("the tables cannot be looked at", e);
    }
  }

  @Override
  DSLContext reading() {
    return reading;
  }

  @Override
  <T> T write(Supplier<T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return transaction(work, true);
      } catch (DataAccessException e) {
        if (attempt == TRIES || !Dialect.POSTGRES.isWorthAnotherTry(e)) {
          throw e;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1, 10L * attempt) * 1_000_000);
      }
    }
  }

  @Override
  <T> T read(Supplier<T> work) {
    return transaction(work, false);
  }

  @Override
  public Connections connections() {
    var now = pool.getHikariPoolMXBean();
    return new Connections(
        now.getTotalConnections(), now.getActiveConnections(), places.getQueueLength());
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T transaction(Supplier<T> work, boolean isWritable) {
    places.acquireUninterruptibly();
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      if (!isWritable) {
        readOneMoment(connection);
      }
      return ended(connection, work, isWritable);
    } catch (SQLException e) {
      throw new DataAccessException("the transaction did not end as it should", e);
    } finally {
      places.release();
    }
  }

  /** Of this transaction alone: nothing is left on the connection for the next one to reset. */
  private static void readOneMoment(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
    }
  }

  private static <T> T ended(Connection connection, Supplier<T> work, boolean isWritable)
      throws SQLException {
    var isDone = false;
    try {
      var result = within(context(connection, SQLDialect.POSTGRES), isWritable, work);
      connection.commit();
      isDone = true;
      return result;
    } finally {
      if (!isDone) {
        connection.rollback();
      }
    }
  }
}
