package dev.runs.adapters.persistence;

import java.sql.Connection;
import java.sql.SQLException;

/** Looks whether a database has runs, and makes and changes nothing in it. */
final class PriorRuns {

  private static final String RUN = "run";

  private PriorRuns() {}

  /** A database without tables has none. */
  static boolean areIn(Connection connection) throws SQLException {
    return hasTable(connection) && hasRow(connection);
  }

  private static boolean hasTable(Connection connection) throws SQLException {
    var kinds = new String[] {"TABLE"};
    try (var tables =
        connection.getMetaData().getTables(null, connection.getSchema(), RUN, kinds)) {
      return tables.next();
    }
  }

  private static boolean hasRow(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select 1 from " + RUN + " limit 1")) {
      return rows.next();
    }
  }
}
