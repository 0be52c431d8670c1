package dev.runs.adapters.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** Gives each connection to a SQLite file the functions that SQLite lacks. */
final class SqliteFunctions extends SQLiteDataSource {

  /** Makes all letters of a text small, where {@code lower} knows only those of ASCII. */
  static final String LOWER_CASE = "runs_lower_case";

  SqliteFunctions(SQLiteConfig config) {
    super(config);
  }

  @Override
  public SQLiteConnection getConnection(String user, String password) throws SQLException {
    var connection = super.getConnection(user, password);
    try {
      addLowerCase(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void addLowerCase(Connection connection) throws SQLException {
    var lowerCase =
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            var text = value_text(0);
            if (text == null) {
              result();
            } else {
              result(text.toLowerCase(Locale.ROOT));
            }
          }
        };
    Function.create(connection, LOWER_CASE, lowerCase, 1, Function.FLAG_DETERMINISTIC);
  }
}
