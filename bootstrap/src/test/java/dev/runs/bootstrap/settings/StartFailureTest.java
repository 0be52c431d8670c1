package dev.runs.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.settings.DatabaseAddress.Postgres;
import dev.runs.bootstrap.settings.DatabaseAddress.Sqlite;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {

  /** The lines of the documentation, in which … stands for what differs. */
  private static final List<Pattern> DOCUMENTED = documented();

  @Test
  void isOneLine() {
    assertThat(new StartFailure("a \n  b\r\nc")).hasMessage("a b c");
  }

  @Test
  void explainsNothingThatIsABug() {
    assertThat(StartFailure.explaining(new IllegalStateException("bug"), Settings.defaults()))
        .isEmpty();
  }

  @Test
  void isFoundBelowOtherExceptions() {
    var failure = new StartFailure("line");

    assertThat(StartFailure.explaining(new RuntimeException(failure), Settings.defaults()))
        .containsSame(failure);
  }

  @Nested
  class OfThePort {

    @Test
    void namesTheBusyPortAndHowToChangeIt() throws IOException {
      try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        var port = busy.getLocalPort();

        assertThat(line(Settings.defaults().withPort(port), () -> listen("127.0.0.1", port)))
            .isEqualTo(
                "Port %d is in use by another program. Stop it, or change --port, PORT or runs.server.port."
                    .formatted(port));
      }
    }

    @Test
    void namesTheHostThatIsNotOurs() {
      // reserved for documentation: no machine has it
      assertThat(line(Settings.defaults(), () -> listen("192.0.2.1", 0)))
          .endsWith(
              "is not an address of this machine. Change RUNS_SERVER_HOST or runs.server.host.");
    }

    @Test
    void namesTheHostThatIsUnknown() {
      assertThat(line(Settings.defaults(), () -> InetAddress.getAllByName("no-such-host.invalid")))
          .endsWith("is not known. Change RUNS_SERVER_HOST or runs.server.host.");
    }

    private static void listen(String host, int port) throws IOException {
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(host, port));
      }
    }
  }

  @Nested
  class OfASqliteFile {

    @TempDir Path directory;

    @Test
    void namesTheFolderThatDoesNotExist() {
      var file = directory.resolve("none/runs.db");

      assertThat(opening(file))
          .isEqualTo(
              ("The database file %s cannot be used: the folder %s does not exist. Change that, or"
                      + " --db, RUNS_DB_PATH or database.sqlite.file.")
                  .formatted(file, file.getParent()));
    }

    @Test
    void namesAFolderThatMayNotBeWritten() {
      // the kernel refuses new files here, even to root
      assertThat(opening(Path.of("/proc/runs.db"))).contains("the folder /proc may not be written");
    }

    @Test
    void saysThatItIsAFolder() {
      assertThat(opening(directory)).contains("it is a folder");
    }

    @Test
    void saysThatItIsNoDatabase() throws IOException {
      var file = Files.writeString(directory.resolve("text.db"), "no database, ".repeat(100));

      assertThat(opening(file)).contains("it is not a SQLite database");
    }

    @Test
    void saysThatAnotherProgramKeepsItLocked() throws SQLException {
      var file = directory.resolve("runs.db");
      try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
          var statement = other.createStatement()) {
        statement.execute("create table t (a)");
        statement.execute("begin exclusive");

        assertThat(opening(file)).contains("another program keeps it locked");
      }
    }

    @Test
    void namesAnyOtherFileThatMayNotBeUsed() {
      assertThat(
              line(
                  Settings.defaults(),
                  () -> {
                    throw new AccessDeniedException("/srv/tmp");
                  }))
          .startsWith("/srv/tmp cannot be used: this user may not.");
    }

    private static String opening(Path file) {
      return line(
          Settings.defaults().withDatabase(new Sqlite(file)),
          () -> {
            try (var connection =
                    DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=1");
                var statement = connection.createStatement()) {
              statement.execute("create table a (b)");
            }
          });
    }
  }

  @Nested
  class OfAPostgresServer {

    @TempDir static Path data;

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setServerConfig("fsync", "off")
              .start();
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create role ada login password 'right'");
        Files.writeString(
            data.resolve("pg_hba.conf"),
            """
            host all ada all scram-sha-256
            host all postgres all trust
            """);
        statement.execute("select pg_reload_conf()");
      }
    }

    @AfterAll
    static void stop() throws IOException {
      server.close();
    }

    @Test
    void namesThePasswordThatIsWrong() {
      assertThat(connecting(at("postgres", "ada", "wrong", Map.of())))
          .isEqualTo(
              ("PostgreSQL on localhost:%d does not accept the password of user ada. Change"
                      + " database.postgres.password, or the address in RUNS_SERVICE_DATABASE_URL.")
                  .formatted(server.getPort()));
    }

    @Test
    void namesThePasswordThatIsMissing() {
      assertThat(connecting(at("postgres", "ada", null, Map.of())))
          .contains("wants a password of user ada. Set database.postgres.password, or");
    }

    @Test
    void namesTheUserWhoMayNotComeIn() {
      assertThat(connecting(at("postgres", "ben", "x", Map.of())))
          .contains("does not let user ben in: ")
          .contains("Change database.postgres.username, or");
    }

    @Test
    void namesTheDatabaseThatDoesNotExist() {
      assertThat(connecting(at("nowhere", "postgres", null, Map.of())))
          .startsWith("There is no database nowhere on localhost:")
          .contains("change database.postgres.dbname, or");
    }

    @Test
    void namesTheEncryptionTheServerDoesNotHave() {
      assertThat(connecting(at("postgres", "postgres", null, Map.of("sslmode", "require"))))
          .contains("does not agree on encryption: ")
          .contains("Change sslmode in database.postgres.extraOptions, or");
    }

    @Test
    void namesThePortWhereNothingListens() throws IOException {
      int free;
      try (var socket = new ServerSocket(0)) {
        free = socket.getLocalPort();
      }

      assertThat(connecting(new Postgres("localhost", free, "d", "u", null, Map.of())))
          .isEqualTo(
              ("PostgreSQL cannot be reached on localhost:%d: nothing listens there. Start it, or"
                      + " change database.postgres.host and database.postgres.port, or the address"
                      + " in RUNS_SERVICE_DATABASE_URL.")
                  .formatted(free));
    }

    @Test
    void namesTheHostThatIsUnknown() {
      assertThat(connecting(new Postgres("no-such-host.invalid", 5432, "d", "u", null, Map.of())))
          .contains("cannot be reached on no-such-host.invalid:5432: the host name is not known.");
    }

    private static Postgres at(
        String database, String user, @Nullable String password, Map<String, String> options) {
      return new Postgres(
          "localhost",
          server.getPort(),
          database,
          user,
          password == null ? null : new Secret(password),
          options);
    }

    private static String connecting(Postgres address) {
      return line(
          Settings.defaults().withDatabase(address),
          () -> {
            var connection =
                DriverManager.getConnection(address.jdbcUrl(), address.driverProperties());
            connection.close();
          });
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /** The line for what the work throws; each is in the documentation. */
  private static String line(Settings settings, Work work) {
    try {
      work.run();
    } catch (Exception failure) {
      var line =
          StartFailure.explaining(new IllegalStateException("start", failure), settings)
              .orElseThrow(() -> new AssertionError("not explained", failure))
              .getMessage();
      assertThat(DOCUMENTED).as(line).anyMatch(documented -> documented.matcher(line).matches());
      return line;
    }
    throw new AssertionError("nothing failed");
  }

  private static List<Pattern> documented() {
    try (var lines = Files.lines(Path.of("../docs/troubleshooting.md"))) {
      return lines
          .filter(line -> line.startsWith("> "))
          .map(line -> line.substring(2).replace("… .", "…."))
          .map(line -> Pattern.compile(Pattern.quote(line).replace("…", "\\E.+\\Q")))
          .toList();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
