package dev.runs.bootstrap.settings;

import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The connection options that the PostgreSQL driver itself says it knows. */
final class DriverOptions {

  private static final Map<String, DriverPropertyInfo> KNOWN = known();

  private DriverOptions() {}

  static boolean knows(String name) {
    return KNOWN.containsKey(name);
  }

  /** Refuses a value that is none of those the driver lists for this option. */
  static String checked(String name, String shownName, String value) throws BadValue {
    var choices = choices(name);
    if (choices != null && !Arrays.asList(choices).contains(value)) {
      throw new BadValue(
          "has a wrong %s; it is one of %s".formatted(shownName, String.join(", ", choices)));
    }
    return value;
  }

  private static String @Nullable [] choices(String name) {
    var info = KNOWN.get(name);
    return info == null ? null : info.choices;
  }

  private static Map<String, DriverPropertyInfo> known() {
    try {
      var url = "jdbc:postgresql:";
      var infos = DriverManager.getDriver(url).getPropertyInfo(url, new Properties());
      return Arrays.stream(infos)
          .collect(Collectors.toMap(info -> info.name, Function.identity(), (first, _) -> first));
    } catch (SQLException exception) {
      throw new IllegalStateException("The PostgreSQL driver is missing.", exception);
    }
  }
}
