package dev.runs.bootstrap.settings;

import java.util.Locale;

/** How the lines of the log look. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** For programs: a JSON object on each line. */
  JSON;

  static LogFormat parse(String text) throws BadValue {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default -> throw new BadValue("is not a format of the log");
    };
  }
}
