package dev.runs.bootstrap;

import dev.runs.bootstrap.settings.DatabaseAddress;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.settings.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file that commands about runs work on when nothing names a database: {@code runs.db} of the
 * working directory, where a server keeps it too, or else the user's own.
 */
final class LocalFile {

  private static final Path HERE = Path.of("runs.db");

  private LocalFile() {}

  /**
   * @param folder the working directory
   */
  static Path usual(Path folder, Map<String, String> environment) {
    return Files.exists(folder.resolve(HERE))
        ? HERE
        : configured(environment).resolve("runs").resolve("runs.db");
  }

  /**
   * Makes the folder of the user's own file.
   *
   * @throws StartFailure when that cannot be
   */
  static void prepare(Settings settings, Path usual) {
    if (settings.database() instanceof DatabaseAddress.Sqlite(var file)
        && file.equals(usual)
        && usual.getParent() != null) {
      try {
        Files.createDirectories(usual.getParent());
      } catch (IOException e) {
        throw new StartFailure(
            "The folder %s cannot be made. Name a file with --db or RUNS_DB_PATH."
                .formatted(usual.getParent()),
            e);
      }
    }
  }

  private static Path configured(Map<String, String> environment) {
    return variable(environment, "XDG_CONFIG_HOME")
        .filter(Path::isAbsolute)
        .or(() -> variable(environment, "APPDATA"))
        .or(() -> variable(environment, "HOME").map(home -> home.resolve(".config")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
