package dev.runs.bootstrap.settings;

import dev.runs.bootstrap.settings.DatabaseAddress.Postgres;
import dev.runs.bootstrap.settings.DatabaseAddress.Sqlite;
import dev.runs.bootstrap.settings.Layers.Found;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides on one database.
 *
 * <p>SQLite and PostgreSQL both named, in whatever sources, is refused: a guess could put the runs
 * where nobody looks for them. Of two names for the same kind the stronger source's wins; an
 * address in one value and its parts in one source are refused.
 */
final class DatabaseChoice {

  private static final List<Setting<?>> PARTS =
      List.of(
          Setting.POSTGRES_HOST,
          Setting.POSTGRES_PORT,
          Setting.POSTGRES_DBNAME,
          Setting.POSTGRES_USERNAME,
          Setting.POSTGRES_PASSWORD,
          Setting.POSTGRES_EXTRA_OPTIONS);

  private final Layers layers;
  private final Optional<Path> usualFile;
  private final List<String> warnings;
  private final Optional<Found<DatabaseAddress>> url;
  private final Optional<Found<Path>> file;
  private final List<Found<?>> parts;

  /**
   * @param usualFile what holds when no database is named; nothing for the setting's own default
   */
  DatabaseChoice(Layers layers, Optional<Path> usualFile, List<String> warnings) {
    this.layers = layers;
    this.usualFile = usualFile;
    this.warnings = warnings;
    this.url = layers.find(Setting.DATABASE_URL);
    this.file = layers.find(Setting.SQLITE_FILE);
    this.parts = PARTS.stream().<Found<?>>flatMap(part -> layers.find(part).stream()).toList();
  }

  DatabaseAddress address() {
    refuseBoth();
    if (url.isPresent()) {
      return switch (url.get().value()) {
        case Sqlite sqlite -> sqlite(sqlite, url.get());
        case Postgres postgres -> postgres(postgres, url.get());
      };
    }
    if (!parts.isEmpty()) {
      return postgresOfParts();
    }
    return new Sqlite(
        file.map(Found::value)
            .or(() -> usualFile)
            .orElseGet(() -> layers.fallback(Setting.SQLITE_FILE)));
  }

  private void refuseBoth() {
    var sqlite =
        Stream.<Found<?>>concat(
                file.stream(), url.filter(found -> found.value() instanceof Sqlite).stream())
            .findFirst();
    var postgres =
        Stream.<Found<?>>concat(
                url.filter(found -> found.value() instanceof Postgres).stream(), parts.stream())
            .findFirst();
    if (sqlite.isPresent() && postgres.isPresent()) {
      throw new StartFailure(
          "Both databases are set: SQLite by %s and PostgreSQL by %s. Remove one of them."
              .formatted(sqlite.get().origin(), postgres.get().origin()));
    }
  }

  private Sqlite sqlite(Sqlite ofUrl, Found<DatabaseAddress> url) {
    if (file.isEmpty()) {
      return ofUrl;
    }
    return isStronger(url, file.get()) ? ofUrl : new Sqlite(file.get().value());
  }

  private Postgres postgres(Postgres ofUrl, Found<DatabaseAddress> url) {
    for (var part : parts) {
      isStronger(url, part);
    }
    var options = new LinkedHashMap<>(ofUrl.options());
    options.putAll(strongerThan(url, Setting.POSTGRES_EXTRA_OPTIONS).orElse(Map.of()));
    return new Postgres(
        strongerThan(url, Setting.POSTGRES_HOST).orElse(ofUrl.host()),
        strongerThan(url, Setting.POSTGRES_PORT).orElse(ofUrl.port()),
        strongerThan(url, Setting.POSTGRES_DBNAME).orElse(ofUrl.database()),
        strongerThan(url, Setting.POSTGRES_USERNAME).orElse(ofUrl.username()),
        strongerThan(url, Setting.POSTGRES_PASSWORD).orElse(ofUrl.password()),
        options);
  }

  private <T> Optional<T> strongerThan(Found<?> url, Setting<T> part) {
    return layers.find(part).filter(found -> found.layer() < url.layer()).map(Found::value);
  }

  /** Refuses two of the same source, and tells of a weaker one that has no effect. */
  private boolean isStronger(Found<?> url, Found<?> other) {
    if (url.layer() == other.layer()) {
      throw new StartFailure(
          "The database is set twice, by %s and by %s. Remove one of them."
              .formatted(url.origin(), other.origin()));
    }
    if (url.layer() < other.layer()) {
      warnings.add(
          "%s has no effect, for %s names the database.".formatted(other.origin(), url.origin()));
      return true;
    }
    return false;
  }

  private Postgres postgresOfParts() {
    var username = orElse(Setting.POSTGRES_USERNAME, PostgresUrl::defaultUser);
    return new Postgres(
        layers.get(Setting.POSTGRES_HOST),
        layers.get(Setting.POSTGRES_PORT),
        orElse(Setting.POSTGRES_DBNAME, () -> username),
        username,
        layers.find(Setting.POSTGRES_PASSWORD).map(Found::value).orElse(null),
        orElse(Setting.POSTGRES_EXTRA_OPTIONS, Map::of));
  }

  private <T> T orElse(Setting<T> setting, Supplier<T> other) {
    return layers.find(setting).map(Found::value).orElseGet(other);
  }
}
