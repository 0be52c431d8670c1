package dev.runs.bootstrap.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The database that holds everything. */
public sealed interface DatabaseAddress {

  /**
   * A file of SQLite.
   *
   * @param file as it was written; relative to the working directory
   */
  record Sqlite(Path file) implements DatabaseAddress {

    @Override
    public String toString() {
      return "SQLite file " + file;
    }
  }

  /**
   * A database on a PostgreSQL server.
   *
   * @param host a name or an address; IPv6 without brackets
   * @param port 1 to 65535
   * @param password nothing when the server asks for none, or when {@code ~/.pgpass} knows it
   * @param options of the driver, by the driver's names; they may hold secrets
   */
  record Postgres(
      String host,
      int port,
      String database,
      String username,
      @Nullable Secret password,
      Map<String, String> options)
      implements DatabaseAddress {

    /** Where PostgreSQL listens unless told otherwise. */
    public static final int DEFAULT_PORT = 5432;

    public Postgres {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** For the driver, without user, password and options: it can be shown. */
    public String jdbcUrl() {
      return "jdbc:postgresql://%s:%d/%s"
          .formatted(bracketed(), port, URLEncoder.encode(database, StandardCharsets.UTF_8));
    }

    /** User, password and options for the driver. */
    public Properties driverProperties() {
      var properties = new Properties();
      properties.putAll(options);
      properties.setProperty("user", username);
      if (password != null) {
        properties.setProperty("password", password.value());
      }
      return properties;
    }

    private String bracketed() {
      return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
      return "PostgreSQL database %s on %s:%d as %s"
          .formatted(database, bracketed(), port, username);
    }
  }
}
