package dev.runs.bootstrap.settings;

import java.util.Locale;

/** How much is logged; each level holds those before it. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  /** Reads a name, or a number as logrus counts them: 0 panic, 1 fatal, 2 error, up to 6 trace. */
  static LogLevel parse(String text) throws BadValue {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "0", "1", "2", "panic", "fatal", "error" -> ERROR;
      case "3", "warn", "warning" -> WARN;
      case "4", "info" -> INFO;
      case "5", "debug" -> DEBUG;
      case "6", "trace" -> TRACE;
      default -> throw new BadValue("is not a log level");
    };
  }
}
