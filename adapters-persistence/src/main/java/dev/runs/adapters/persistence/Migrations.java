package dev.runs.adapters.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings tables up to date. */
final class Migrations {

  private Migrations() {}

  /**
   * @param folder {@code postgresql} or {@code sqlite}
   */
  static void migrate(DataSource source, String folder) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration/" + folder)
        .table("flyway_schema_history")
        .load()
        .migrate();
  }
}
