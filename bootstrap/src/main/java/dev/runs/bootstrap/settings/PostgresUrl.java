package dev.runs.bootstrap.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses of PostgreSQL databases: {@code
 * postgres://user:password@host:port/db?sslmode=…} as libpq has it, and {@code
 * jdbc:postgresql://host:port/db?user=…} as the driver has it.
 *
 * <p>What is missing is as libpq has it: the user of the operating system, a database named as the
 * user, port 5432; the host is {@code localhost}, for Java has no unix sockets here.
 */
final class PostgresUrl {

  private static final String HINT =
      "; in a user name or password, / : @ ? # and % must be percent-encoded";

  private static final Pattern LIBPQ =
      Pattern.compile("postgres(?:ql)?://(.*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern JDBC =
      Pattern.compile("jdbc:postgres(?:ql)?:(.*)", Pattern.CASE_INSENSITIVE);

  /** A name, an IPv4 address, or an IPv6 address, perhaps with a zone. */
  private static final Pattern HOST =
      Pattern.compile("[\\p{L}\\p{N}._-]+|[0-9a-fA-F]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%[\\w.-]+)?");

  /** The parts by libpq's words (host, port, dbname, user, password), and the driver's options. */
  private final Map<String, String> parts = new LinkedHashMap<>();

  private final Map<String, String> options = new LinkedHashMap<>();

  private PostgresUrl() {}

  static DatabaseAddress.Postgres parse(String url) throws BadValue {
    var parsed = new PostgresUrl();
    var libpq = LIBPQ.matcher(url);
    var jdbc = JDBC.matcher(url);
    if (libpq.matches()) {
      parsed.readLibpq(libpq.group(1));
    } else if (jdbc.matches()) {
      parsed.readJdbc(jdbc.group(1));
    } else {
      throw new BadValue("is not an address of PostgreSQL or SQLite");
    }
    return parsed.address();
  }

  /** The user of the operating system, whom libpq takes when none is named. */
  static String defaultUser() {
    return System.getProperty("user.name", "postgres");
  }

  private void readLibpq(String rest) throws BadValue {
    var query = rest.indexOf('?', Math.max(0, lastAt(rest)));
    readPlace(query < 0 ? rest : rest.substring(0, query));
    if (query >= 0) {
      for (var option : rest.substring(query + 1).split("&")) {
        readLibpqOption(option);
      }
    }
  }

  private void readLibpqOption(String option) throws BadValue {
    if (option.isEmpty()) {
      return;
    }
    var end = option.indexOf('=');
    if (end < 0) {
      throw new BadValue("has an option without = behind the ?");
    }
    var name = Percent.decode(option.substring(0, end));
    var value = Percent.decode(option.substring(end + 1));
    switch (name) {
      case "host", "port", "dbname", "user", "password" -> parts.put(name, value);
      // libpq itself takes this one from JDBC
      case "ssl" -> {
        if (value.equals("true")) {
          options.put("sslmode", "require");
        } else {
          throw new BadValue("has ssl that is not true; write sslmode=disable or sslmode=require");
        }
      }
      default -> LibpqOption.put(name, value, options);
    }
  }

  private void readJdbc(String rest) throws BadValue {
    var query = rest.indexOf('?');
    var place = query < 0 ? rest : rest.substring(0, query);
    if (place.startsWith("//")) {
      readPlace(place.substring(2));
    } else {
      putUnlessEmpty("dbname", Percent.decode(place.startsWith("/") ? place.substring(1) : place));
    }
    if (query >= 0) {
      for (var option : rest.substring(query + 1).split("&")) {
        readJdbcOption(option);
      }
    }
  }

  private void readJdbcOption(String option) throws BadValue {
    if (option.isEmpty()) {
      return;
    }
    var end = option.indexOf('=');
    var name = end < 0 ? option : option.substring(0, end);
    var value = end < 0 ? "" : formDecoded(option.substring(end + 1));
    switch (name) {
      case "user", "password" -> putUnlessEmpty(name, value);
      case "PGHOST", "PGPORT", "PGDBNAME", "service" ->
          throw new BadValue("has the option %s; write it into the address itself".formatted(name));
      default -> {
        if (!DriverOptions.knows(name)) {
          throw new BadValue(LibpqOption.unknown(name));
        }
        options.put(name, DriverOptions.checked(name, name, value));
      }
    }
  }

  private static String formDecoded(String value) throws BadValue {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new BadValue("has a % that is not followed by two hexadecimal digits");
    }
  }

  /** Reads {@code user:password@host:port/db}, of which every part may be missing. */
  private void readPlace(String place) throws BadValue {
    var at = lastAt(place);
    if (at >= 0) {
      readUser(place.substring(0, at));
    }
    var rest = place.substring(at + 1);
    var slash = rest.indexOf('/');
    readHost(slash < 0 ? rest : rest.substring(0, slash));
    if (slash >= 0) {
      putUnlessEmpty("dbname", Percent.decode(rest.substring(slash + 1)));
    }
  }

  /** The end of user and password: the last @ before the first slash. */
  private static int lastAt(String text) {
    var slash = text.indexOf('/');
    return text.lastIndexOf('@', slash < 0 ? text.length() : slash);
  }

  private void readUser(String user) throws BadValue {
    var colon = user.indexOf(':');
    putUnlessEmpty("user", Percent.decode(colon < 0 ? user : user.substring(0, colon)));
    if (colon >= 0) {
      putUnlessEmpty("password", Percent.decode(user.substring(colon + 1)));
    }
  }

  private void readHost(String text) throws BadValue {
    if (text.contains(",")) {
      throw new BadValue("names several hosts; one is supported");
    }
    var bracket = text.startsWith("[") ? text.indexOf(']') : 0;
    if (bracket < 0) {
      throw new BadValue("has a [ without ]" + HINT);
    }
    var colon = text.indexOf(':', bracket);
    var host = colon < 0 ? text : text.substring(0, colon);
    putUnlessEmpty("host", Percent.decode(bracket > 0 ? text.substring(1, bracket) : host));
    if (bracket > 0 && host.length() != bracket + 1) {
      throw new BadValue("has something between ] and the port");
    }
    if (colon >= 0) {
      putUnlessEmpty("port", text.substring(colon + 1));
    }
  }

  private void putUnlessEmpty(String name, String value) {
    if (!value.isEmpty()) {
      parts.put(name, value);
    }
  }

  private DatabaseAddress.Postgres address() throws BadValue {
    var user = parts.getOrDefault("user", defaultUser());
    return new DatabaseAddress.Postgres(
        host(parts.getOrDefault("host", "localhost")),
        port(parts.get("port")),
        parts.getOrDefault("dbname", user),
        user,
        secret(parts.get("password")),
        options);
  }

  private static @Nullable Secret secret(@Nullable String password) {
    return password == null || password.isEmpty() ? null : new Secret(password);
  }

  /** Refuses what libpq would take for a socket's directory, or for several hosts. */
  static String host(String host) throws BadValue {
    if (host.startsWith("/") || host.startsWith("@")) {
      throw new BadValue("names a unix socket; the driver needs a host name or address");
    }
    if (host.contains(",")) {
      throw new BadValue("names several hosts; one is supported");
    }
    if (!HOST.matcher(host).matches()) {
      throw new BadValue("has a host that is no name or address" + HINT);
    }
    return host.toLowerCase(Locale.ROOT);
  }

  private static int port(@Nullable String port) throws BadValue {
    if (port == null || port.isEmpty()) {
      return DatabaseAddress.Postgres.DEFAULT_PORT;
    }
    if (!port.matches("\\d{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65_535) {
      throw new BadValue("has a port that is not from 1 to 65535" + HINT);
    }
    return Integer.parseInt(port);
  }
}
