package dev.runs.adapters.persistence;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a database has runs, found out without making anything in it. */
final class PriorRunsTest {

  @TempDir Path folder;

  @Test
  void areSeenInSqlite() {
    var file = folder.resolve("runs.db");
    assertThat(SqliteDatabase.hasRuns(file)).isFalse();
    assertThat(file).doesNotExist();

    try (var database = Databases.openSqlite(folder)) {
      assertThat(SqliteDatabase.hasRuns(file)).isFalse();
      addRun(database);
    }
    assertThat(SqliteDatabase.hasRuns(file)).isTrue();
  }

  @Test
  void areSeenInPostgres() {
    var login = PostgresServer.newDatabase();
    try {
      assertThat(hasRuns(login)).isFalse();
      try (var database = Databases.openPostgres(login)) {
        assertThat(database.tables().before()).isEmpty();
        assertThat(hasRuns(login)).isFalse();
        addRun(database);
      }
      assertThat(hasRuns(login)).isTrue();
    } finally {
      PostgresServer.drop(login);
    }
  }

  private static boolean hasRuns(PostgresLogin login) {
    return PostgresDatabase.hasRuns(login.jdbcUrl(), login.properties());
  }

  private static void addRun(Database database) {
    var stores = new JooqStores(database, InstantSource.system());
    stores.write(() -> {
      stores.organizations().addUnlessThere(ACME);
      stores.runs().addAll(List.of(root(1)));
    });
  }
}
