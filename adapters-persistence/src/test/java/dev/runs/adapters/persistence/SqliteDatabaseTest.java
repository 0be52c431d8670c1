package dev.runs.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.persistence.generated.TablesVersion;
import dev.runs.application.AtOnce;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {

  @Test
  void leavesTheFileAloneWhenItIsClosed(@TempDir Path directory) throws Exception {
    var file = directory.resolve("runs.db");
    var database = opened(file);
    database.read(() -> database.reading().fetchCount(database.reading().selectOne()));
    database.write(() -> "something");
    assertThat(directory.resolve("runs.db-wal")).exists();

    database.close();

    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(file, directory.resolve("runs.db.lock"));
    }
  }

  @Test
  void makesTheTablesOnceAndFindsThemUpToDateFromThenOn(@TempDir Path directory) {
    var file = directory.resolve("runs.db");
    try (var first = opened(file)) {
      assertThat(first.tables())
          .isEqualTo(new TablesUpdate(Optional.empty(), TablesVersion.NEWEST));
    }

    try (var second = opened(file)) {
      assertThat(second.tables())
          .isEqualTo(new TablesUpdate(Optional.of(TablesVersion.NEWEST), TablesVersion.NEWEST));
    }
  }

  @Test
  void makesTheTablesOnceWhenManyOpenItAtTheSameTime(@TempDir Path directory) throws Exception {
    var file = directory.resolve("runs.db");

    AtOnce.with(
        4,
        _ -> {
          try (var database = opened(file)) {
            return database.tables().now();
          }
        });

    try (var database = opened(file)) {
      assertThat(database.tables().before()).contains(TablesVersion.NEWEST);
    }
  }

  @Test
  void refusesTablesThatANewerProgramHasChanged(@TempDir Path directory) throws Exception {
    var file = directory.resolve("runs.db");
    opened(file).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "update flyway_schema_history set version = '999' where version = '%d'"
              .formatted(TablesVersion.NEWEST));
    }

    assertThatExceptionOfType(NewerTables.class)
        .isThrownBy(() -> opened(file))
        .withMessageContaining("its tables are at version 999")
        .withMessageEndingWith("Start a newer version.");
  }

  private static SqliteDatabase opened(Path file) {
    return SqliteDatabase.open(file, new Database.Pool(2, 2, Duration.ZERO));
  }
}
