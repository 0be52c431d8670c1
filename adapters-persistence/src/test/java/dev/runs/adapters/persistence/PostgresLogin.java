package dev.runs.adapters.persistence;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Where a PostgreSQL database is, and who may use it. */
public record PostgresLogin(String host, int port, String database, String user, String password) {

  private static final int USUAL_PORT = 5432;

  /**
   * @param address {@code postgresql://user:password@host:port/database}
   */
  static PostgresLogin of(String address) {
    var uri = URI.create(address);
    var user = uri.getRawUserInfo() == null ? "postgres" : uri.getRawUserInfo();
    var colon = user.indexOf(':');
    return new PostgresLogin(
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        uri.getPath().length() > 1 ? uri.getPath().substring(1) : "postgres",
        decoded(colon < 0 ? user : user.substring(0, colon)),
        colon < 0 ? "" : decoded(user.substring(colon + 1)));
  }

  PostgresLogin inDatabase(String other) {
    return new PostgresLogin(host, port, other, user, password);
  }

  /** Without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
  }

  /** As libpq has it, with user and password. */
  public String libpqUrl() {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(encoded(user), encoded(password), host, port, database);
  }

  /** User and password, as the driver has them. */
  public Properties properties() {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return properties;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
