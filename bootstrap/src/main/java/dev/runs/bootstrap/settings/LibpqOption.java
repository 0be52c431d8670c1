package dev.runs.bootstrap.settings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The connection options of libpq that the driver has too, and what the driver calls them.
 *
 * <p>Source: PostgreSQL documentation, “Parameter Key Words”.
 */
enum LibpqOption {
  SSLMODE("sslmode"),
  SSLROOTCERT("sslrootcert"),
  SSLCERT("sslcert"),
  SSLKEY("sslkey"),
  SSLPASSWORD("sslpassword"),
  SSLNEGOTIATION("sslNegotiation"),
  CHANNEL_BINDING("channelBinding"),
  GSSENCMODE("gssEncMode"),
  KRBSRVNAME("kerberosServerName"),
  CONNECT_TIMEOUT("connectTimeout") {
    @Override
    String driverValue(String value) throws BadValue {
      if (!value.matches("\\d{1,6}")) {
        throw new BadValue("has a connect_timeout that is not a number of seconds");
      }
      return value;
    }
  },
  APPLICATION_NAME("ApplicationName"),
  OPTIONS("options"),
  SEARCH_PATH("currentSchema"),
  KEEPALIVES("tcpKeepAlive") {
    @Override
    String driverValue(String value) throws BadValue {
      return switch (value) {
        case "0" -> "false";
        case "1" -> "true";
        default -> throw new BadValue("has keepalives that are neither 0 nor 1");
      };
    }
  },
  TARGET_SESSION_ATTRS("targetServerType") {
    @Override
    String driverValue(String value) throws BadValue {
      return switch (value) {
        case "any" -> "any";
        case "read-write", "primary" -> "primary";
        case "read-only", "standby" -> "secondary";
        case "prefer-standby" -> "preferSecondary";
        default ->
            throw new BadValue(
                "has a wrong target_session_attrs; it is one of any, read-write, read-only,"
                    + " primary, standby, prefer-standby");
      };
    }
  };

  private final String driverName;

  LibpqOption(String driverName) {
    this.driverName = driverName;
  }

  String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  String driverName() {
    return driverName;
  }

  String driverValue(String value) throws BadValue {
    return DriverOptions.checked(driverName, keyword(), value);
  }

  static void put(String keyword, String value, Map<String, String> options) throws BadValue {
    var option = find(keyword);
    if (option == null) {
      throw new BadValue(
          "%s; known are %s"
              .formatted(
                  unknown(keyword),
                  Arrays.stream(values())
                      .map(LibpqOption::keyword)
                      .collect(Collectors.joining(", "))));
    }
    options.put(option.driverName, option.driverValue(value));
  }

  /** Names an option only when it looks like one: it may be a piece of a password. */
  static String unknown(String name) {
    return name.matches("[a-zA-Z_]{2,40}")
        ? "has an unknown option " + name
        : "has an unknown option";
  }

  private static @Nullable LibpqOption find(String keyword) {
    return Arrays.stream(values())
        .filter(option -> option.keyword().equals(keyword))
        .findFirst()
        .orElse(null);
  }

  /**
   * Reads {@code key=value key='a value'}: spaces may stand around =, a value with spaces stands in
   * single quotes, a backslash keeps the character behind it.
   *
   * @return options of the driver
   */
  static Map<String, String> parseAll(String text) throws BadValue {
    var options = new LinkedHashMap<String, String>();
    for (var in = new Words(text); in.hasNext(); ) {
      put(in.keyword(), in.value(), options);
    }
    return options;
  }

  /** Reads keywords and values in turn. */
  private static final class Words {

    private final String text;
    private int at;

    Words(String text) {
      this.text = text;
    }

    boolean hasNext() {
      skipSpace();
      return at < text.length();
    }

    String keyword() throws BadValue {
      var start = at;
      while (at < text.length() && text.charAt(at) != '=' && !isSpace()) {
        at++;
      }
      var keyword = text.substring(start, at);
      skipSpace();
      if (at == text.length() || text.charAt(at) != '=') {
        throw new BadValue("has an option without =");
      }
      at++;
      skipSpace();
      return keyword;
    }

    String value() throws BadValue {
      var isQuoted = at < text.length() && text.charAt(at) == '\'';
      if (isQuoted) {
        at++;
      }
      var value = new StringBuilder();
      while (at < text.length() && !(isQuoted ? text.charAt(at) == '\'' : isSpace())) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      if (isQuoted && at++ == text.length()) {
        throw new BadValue("has a quote that does not end");
      }
      return value.toString();
    }

    private void skipSpace() {
      while (at < text.length() && isSpace()) {
        at++;
      }
    }

    private boolean isSpace() {
      return Character.isWhitespace(text.charAt(at));
    }
  }
}
