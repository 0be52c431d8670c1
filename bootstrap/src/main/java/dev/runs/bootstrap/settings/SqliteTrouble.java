package dev.runs.bootstrap.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is said of a SQLite file that cannot be used. */
final class SqliteTrouble {

  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private SqliteTrouble() {}

  /**
   * @return nothing when the failure is not about the file
   */
  static @Nullable String line(Path file, SQLException failure) {
    var change = Setting.SQLITE_FILE.waysToSet();
    var why =
        // the low byte is the kind; the driver itself checks the folder and gives no code
        switch (failure.getErrorCode() & 0xFF) {
          case CANTOPEN, PERM -> unopened(file);
          case READONLY -> "it may not be written";
          case NOTADB -> "it is not a SQLite database";
          case CORRUPT -> "it is damaged";
          case BUSY -> "another program keeps it locked";
          case FULL -> "the disk is full";
          case IOERR -> "the disk reports an error";
          default ->
              String.valueOf(failure.getMessage()).startsWith("path to '") ? unopened(file) : null;
        };
    return why == null
        ? null
        : "The database file %s cannot be used: %s. Change that, or %s."
            .formatted(file, why, change);
  }

  private static String unopened(Path file) {
    var folder = file.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (folder == null || !Files.exists(folder)) {
      return "the folder %s does not exist".formatted(folder);
    }
    if (!Files.isDirectory(folder)) {
      return "%s is not a folder".formatted(folder);
    }
    if (Files.exists(file)) {
      return "it may not be read";
    }
    return "the folder %s may not be written".formatted(folder);
  }
}
