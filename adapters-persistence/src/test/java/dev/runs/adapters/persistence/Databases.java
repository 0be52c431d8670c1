package dev.runs.adapters.persistence;

import dev.runs.adapters.persistence.Database.Pool;
import java.nio.file.Path;
import java.time.Duration;

/** Databases for tests, migrated and empty. */
public final class Databases {

  private static final Pool POOL = new Pool(8, 8, Duration.ZERO);

  private Databases() {}

  /** A SQLite file for each class of tests, emptied before each test. */
  public static EmptyDatabase sqlite() {
    return new EmptyDatabase.InSqlite();
  }

  /** A PostgreSQL database for each class of tests, emptied before each test. */
  public static EmptyDatabase postgres() {
    return new EmptyDatabase.InPostgres();
  }

  /**
   * The same, with a clock that says what stands in {@code settable_clock.moment}: its function is
   * found before the server's own.
   */
  public static EmptyDatabase postgresWithSettableClock() {
    return new EmptyDatabase.InPostgresWithSettableClock();
  }

  /** Opens or makes the file {@code runs.db} of a folder. */
  public static SqliteDatabase openSqlite(Path folder) {
    return SqliteDatabase.open(folder.resolve("runs.db"), POOL);
  }

  public static PostgresDatabase openPostgres(PostgresLogin login) {
    return PostgresDatabase.open(login.jdbcUrl(), login.properties(), POOL);
  }
}
