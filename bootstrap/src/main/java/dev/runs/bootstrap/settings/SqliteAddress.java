package dev.runs.bootstrap.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of SQLite files, plain or as a URL. */
final class SqliteAddress {

  private static final Pattern URL =
      Pattern.compile("(?:jdbc:)?(?:sqlite|file):(.*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z+.-]+:.*");

  private SqliteAddress() {}

  static boolean isOne(String url) {
    return URL.matcher(url).matches();
  }

  /**
   * Reads {@code sqlite:FILE}, {@code file:FILE}, {@code jdbc:sqlite:FILE}, {@code sqlite:///F}.
   */
  static DatabaseAddress.Sqlite parse(String url) throws BadValue {
    var form = URL.matcher(url);
    if (!form.matches()) {
      throw new BadValue("is not the address of a SQLite file");
    }
    var rest = form.group(1);
    if (rest.contains("?")) {
      throw new BadValue("has options behind a ?; the file of a SQLite database takes none");
    }
    if (!rest.startsWith("//")) {
      return new DatabaseAddress.Sqlite(path(rest));
    }
    if (!rest.startsWith("///")) {
      throw new BadValue("has a host; write sqlite:FILE or sqlite:///absolute/FILE");
    }
    return new DatabaseAddress.Sqlite(path(Percent.decode(rest.substring(2))));
  }

  /** Reads the plain name of a file. */
  static Path file(String text) throws BadValue {
    if (isOne(text)) {
      return parse(text).file();
    }
    if (SCHEME.matcher(text).matches()) {
      throw new BadValue("is an address, not a file; write addresses to RUNS_SERVICE_DATABASE_URL");
    }
    return path(text);
  }

  private static Path path(String name) throws BadValue {
    if (name.isEmpty()) {
      throw new BadValue("names no file");
    }
    if (name.toLowerCase(Locale.ROOT).startsWith(":memory:")) {
      throw new BadValue("is a database in memory, which would forget every run; name a file");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException _) {
      throw new BadValue("is not the name of a file");
    }
  }
}
