package dev.runs.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runs.application.AtOnce;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file, watched through connections of our own. */
final class SqliteWriterTest {

  private static final int THREADS = 16;
  private static final int EACH = 40;

  private static final class Refused extends RuntimeException {
    Refused() {
      super("refused");
    }
  }

  @TempDir private Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = Databases.openSqlite(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void answersOnlyWhenOthersSeeWhatWasWritten() {
    AtOnce.with(
        THREADS,
        thread -> {
          try (var other = connection()) {
            for (var i = 0; i < EACH; i++) {
              var name = thread + "-" + i;
              add(name);
              assertThat(count(other, name)).as(name).isOne();
            }
            return thread;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });

    assertThat(names()).hasSize(THREADS * EACH);
  }

  @Test
  void showsOthersNothingBeforeTheWorkIsDone() {
    database.inTransaction(() -> {
      insert("one");
      assertThat(names()).isEmpty();
      return true;
    });

    assertThat(names()).containsExactly("one");
  }

  /** All of them wait while the first works, so that they are written together afterwards. */
  @Test
  void takesBackOnlyTheWorkThatFails() throws InterruptedException {
    var isBusy = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    threads.add(
        Thread.ofPlatform()
            .start(() ->
                database.inTransaction(() -> {
                  isBusy.countDown();
                  await(goOn);
                  return insert("first");
                })));
    isBusy.await();
    IntStream.range(0, 9).forEach(i -> threads.add(Thread.ofPlatform().start(() -> work(i))));
    threads.forEach(SqliteWriterTest::awaitThatItWaits);

    goOn.countDown();
    for (var thread : threads) {
      thread.join();
    }

    assertThat(names()).containsExactlyInAnyOrder("first", "0", "1", "3", "4", "6", "7");
  }

  @Test
  void takesBackWhatADeniedStatementLeftBehind() {
    add("taken");

    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() ->
            database.inTransaction(() -> {
              insert("new");
              return insert("taken");
            }));

    assertThat(names()).containsExactly("taken");
  }

  @Test
  void writesThroughToTheDiskBesideALogAndHoldsToForeignKeys() {
    assertThat(setting("synchronous")).isEqualTo("2");
    assertThat(setting("journal_mode")).isEqualTo("wal");
    assertThat(setting("foreign_keys")).isEqualTo("1");
  }

  @Test
  void refusesWhatComesAfterTheEndAndKeepsWhatCameBefore() {
    add("before");
    database.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> add("after"))
        .withMessage("the database is closed");
    database = Databases.openSqlite(folder);
    assertThat(names()).containsExactly("before");
  }

  /** Every third of them fails after it has written. */
  private void work(int number) {
    try {
      database.inTransaction(() -> {
        insert(String.valueOf(number));
        if (number % 3 == 2) {
          throw new Refused();
        }
        return number;
      });
    } catch (Refused e) {
      assertThat(number % 3).isEqualTo(2);
    }
  }

  private static void awaitThatItWaits(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void add(String name) {
    database.inTransaction(() -> insert(name));
  }

  private int insert(String name) {
    return database
        .db()
        .execute(
            "insert into organization (id, external_id, created_at, updated_at)"
                + " values (?, ?, '2026-03-01T12:00:00.000000Z', '2026-03-01T12:00:00.000000Z')",
            name,
            name);
  }

  private String setting(String name) {
    return database.inTransaction(() -> String.valueOf(database.db().fetchValue("pragma " + name)));
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("runs.db"));
  }

  private static int count(Connection connection, String name) throws SQLException {
    try (var statement =
        connection.prepareStatement("select count(*) from organization where external_id = ?")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.getInt(1);
      }
    }
  }

  private List<String> names() {
    try (var connection = connection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select external_id from organization")) {
      var names = new ArrayList<String>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
