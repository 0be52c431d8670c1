package dev.runs.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {

  @Test
  void leavesTheFileAloneWhenItIsClosed(@TempDir Path directory) throws Exception {
    var file = directory.resolve("runs.db");
    var database = SqliteDatabase.open(file, new Database.Pool(2, 2, Duration.ZERO));
    database.read(() -> database.reading().fetchCount(database.reading().selectOne()));
    database.write(() -> "something");
    assertThat(directory.resolve("runs.db-wal")).exists();

    database.close();

    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }
}
