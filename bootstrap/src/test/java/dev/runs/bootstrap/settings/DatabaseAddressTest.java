package dev.runs.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.bootstrap.settings.DatabaseAddress.Postgres;
import dev.runs.bootstrap.settings.DatabaseAddress.Sqlite;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

  private static final String ME = System.getProperty("user.name");

  @Nested
  class OfPostgresAsLibpqHasIt {

    @Test
    void holdsUserPasswordHostPortDatabaseAndOptions() throws BadValue {
      assertThat(
              parse(
                  "postgres://ada:pw@db.example:5433/runs?sslmode=require&connect_timeout=5"
                      + "&application_name=r%20s"))
          .isEqualTo(
              postgres(
                  "db.example",
                  5433,
                  "runs",
                  "ada",
                  "pw",
                  Map.of("sslmode", "require", "connectTimeout", "5", "ApplicationName", "r s")));
    }

    @Test
    void decodesUserPasswordAndDatabase() throws BadValue {
      assertThat(parse("postgresql://a%40b:p%2Fw%3A%3F%23%25+%C3%A4@h/d%20b"))
          .isEqualTo(postgres("h", 5432, "d b", "a@b", "p/w:?#%+ä", Map.of()));
    }

    @Test
    void takesAnAtSignInAPasswordThatIsNotEncoded() throws BadValue {
      assertThat(parse("postgres://ada:p@w?d@h:1/d"))
          .isEqualTo(postgres("h", 1, "d", "ada", "p@w?d", Map.of()));
    }

    @Test
    void fillsInWhatIsMissing() throws BadValue {
      assertThat(parse("postgres://"))
          .isEqualTo(postgres("localhost", 5432, ME, ME, null, Map.of()));
      assertThat(parse("postgres://h")).isEqualTo(postgres("h", 5432, ME, ME, null, Map.of()));
      assertThat(parse("postgres://ada@h/"))
          .isEqualTo(postgres("h", 5432, "ada", "ada", null, Map.of()));
      assertThat(parse("postgres://ada:@h:/?"))
          .isEqualTo(postgres("h", 5432, "ada", "ada", null, Map.of()));
    }

    @Test
    void takesItsPartsAsOptionsToo() throws BadValue {
      assertThat(parse("postgres:///d?host=h&port=1&user=u&password=a%26b"))
          .isEqualTo(postgres("h", 1, "d", "u", "a&b", Map.of()));
    }

    @Test
    void takesAnIpv6Address() throws BadValue {
      var address = parse("postgres://[::1]:5433/d");

      assertThat(address).isEqualTo(postgres("::1", 5433, "d", ME, null, Map.of()));
      assertThat(((Postgres) address).jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5433/d");
    }

    @Test
    void takesSslTrueForRequire() throws BadValue {
      assertThat(((Postgres) parse("postgres://h/d?ssl=true")).options())
          .isEqualTo(Map.of("sslmode", "require"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            postgres://u:p%zz@h/d              | has a % that is not followed by two hexadecimal digits
            postgres://u:p%2                   | has a port that is not from 1 to 65535; in a user name or password
            postgres://u:p%00@h/d              | has a % that is not followed
            postgres://u:p%ff@h/d              | has percent-encoded bytes that are not UTF-8
            postgres://u:a/b@h/d               | has a port that is not from 1 to 65535; in a user name or password
            postgres://h:0/d                   | has a port that is not from 1 to 65535
            postgres://h:65536/d               | has a port that is not from 1 to 65535
            postgres://a,b/d                   | names several hosts
            postgres:///d?host=a,b             | names several hosts
            postgres:///d?host=/run/postgresql | names a unix socket
            postgres://%2Frun%2Fpostgresql/d   | names a unix socket
            postgres://[::1/d                  | has a [ without ]
            postgres://[::1]x/d                | has something between ] and the port
            postgres:///d?host=a:1             | has a host that is no name or address
            postgres://h/d?sslmode=on          | has a wrong sslmode; it is one of disable, allow, prefer, require
            postgres://h/d?ssl=1               | has ssl that is not true
            postgres://h/d?schema=x            | has an unknown option schema; known are sslmode,
            postgres://h/d?sslmode             | has an option without =
            postgres://h/d?connect_timeout=1s  | has a connect_timeout that is not a number of seconds
            mysql://h/d                        | is not an address of PostgreSQL or SQLite
            h:5432/d                           | is not an address of PostgreSQL or SQLite
            """)
    void isRefused(String url, String problem) {
      assertThatThrownBy(() -> parse(url))
          .isInstanceOf(BadValue.class)
          .hasMessageStartingWith(problem);
    }
  }

  @Nested
  class OfPostgresAsTheDriverHasIt {

    @Test
    void holdsHostPortDatabaseAndTheDriversOptions() throws BadValue {
      assertThat(
              parse(
                  "jdbc:postgresql://h:5433/d%20b?user=ada&password=a%26b+c&sslmode=require"
                      + "&socketTimeout=30"))
          .isEqualTo(
              postgres(
                  "h",
                  5433,
                  "d b",
                  "ada",
                  "a&b c",
                  Map.of("sslmode", "require", "socketTimeout", "30")));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"jdbc:postgresql:d", "jdbc:postgresql:/d", "jdbc:postgresql://localhost/d"})
    void mayNameNothingButTheDatabase(String url) throws BadValue {
      assertThat(parse(url)).isEqualTo(postgres("localhost", 5432, "d", ME, null, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            jdbc:postgresql://h/d?sslmod=require | has an unknown option sslmod
            jdbc:postgresql://h/d?sslmode=on     | has a wrong sslmode; it is one of disable
            jdbc:postgresql://h/d?PGHOST=x       | has the option PGHOST; write it into the address
            jdbc:postgresql://h/d?user=%zz       | has a % that is not followed
            jdbc:postgresql://a,b/d              | names several hosts
            jdbc:mysql://h/d                     | is not an address of PostgreSQL or SQLite
            """)
    void isRefused(String url, String problem) {
      assertThatThrownBy(() -> parse(url))
          .isInstanceOf(BadValue.class)
          .hasMessageStartingWith(problem);
    }
  }

  @Nested
  class OfSqlite {

    @ParameterizedTest
    @CsvSource({
      "sqlite:runs.db, runs.db",
      "sqlite:./a/runs.db, ./a/runs.db",
      "sqlite:/abs/runs.db, /abs/runs.db",
      "sqlite:///abs/my%20runs.db, /abs/my runs.db",
      "file:runs.db, runs.db",
      "file:///abs/runs.db, /abs/runs.db",
      "jdbc:sqlite:runs.db, runs.db",
      "jdbc:sqlite:/abs/runs.db, /abs/runs.db",
      "SQLite:runs.db, runs.db",
    })
    void isAFile(String url, String file) throws BadValue {
      assertThat(parse(url)).isEqualTo(new Sqlite(Path.of(file)));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            sqlite:                  | names no file
            jdbc:sqlite::memory:     | is a database in memory
            sqlite://host/runs.db    | has a host
            sqlite:runs.db?mode=ro   | has options behind a ?
            """)
    void isRefused(String url, String problem) {
      assertThatThrownBy(() -> parse(url))
          .isInstanceOf(BadValue.class)
          .hasMessageStartingWith(problem);
    }
  }

  @Nested
  class ForTheDriver {

    private final Postgres address =
        new Postgres(
            "h", 5432, "d b/ü+", "ada", new Secret("hunter2"), Map.of("sslpassword", "hunter3"));

    @Test
    void encodesTheDatabaseInItsUrl() {
      assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/d+b%2F%C3%BC%2B");
    }

    @Test
    void isUnderstoodByTheDriver() throws Exception {
      var driver = java.sql.DriverManager.getDriver(address.jdbcUrl());

      assertThat(driver.getPropertyInfo(address.jdbcUrl(), new Properties()))
          .filteredOn(info -> info.name.equals("PGDBNAME"))
          .extracting(info -> info.value)
          .containsExactly("d b/ü+");
    }

    @Test
    void givesUserPasswordAndOptionsBesideTheUrl() {
      assertThat(address.driverProperties())
          .containsOnly(
              Map.entry("user", "ada"),
              Map.entry("password", "hunter2"),
              Map.entry("sslpassword", "hunter3"));
    }

    @Test
    void isShownWithoutSecrets() {
      assertThat(Settings.defaults().withDatabase(address).toString())
          .contains("PostgreSQL database d b/ü+ on h:5432 as ada")
          .doesNotContain("hunter");
    }
  }

  @Nested
  class WithOptionsAsLibpqHasThem {

    @Test
    void readsQuotesEscapesAndSpacesAroundTheSign() throws BadValue {
      assertThat(
              LibpqOption.parseAll(
                  " sslmode = disable application_name='it\\'s \\\\ mine'\tconnect_timeout=5 "
                      + "options=-c\\ geqo=off sslcert=''"))
          .isEqualTo(
              Map.of(
                  "sslmode", "disable",
                  "ApplicationName", "it's \\ mine",
                  "connectTimeout", "5",
                  "options", "-c geqo=off",
                  "sslcert", ""));
    }

    @ParameterizedTest
    @CsvSource({
      "any, any",
      "read-write, primary",
      "primary, primary",
      "read-only, secondary",
      "standby, secondary",
      "prefer-standby, preferSecondary",
    })
    void translatesTheKindOfServer(String libpq, String driver) throws BadValue {
      assertThat(LibpqOption.parseAll("target_session_attrs=" + libpq))
          .isEqualTo(Map.of("targetServerType", driver));
    }

    @Test
    void usesNamesThatTheDriverKnows() {
      for (var option : LibpqOption.values()) {
        assertThat(DriverOptions.knows(option.driverName())).as(option.keyword()).isTrue();
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            sslmode                     | has an option without =
            sslmode disable             | has an option without =
            application_name='x         | has a quote that does not end
            sslmode=maybe               | has a wrong sslmode; it is one of disable
            keepalives=yes              | has keepalives that are neither 0 nor 1
            target_session_attrs=master | has a wrong target_session_attrs; it is one of any
            host=h                      | has an unknown option host; known are sslmode, sslrootcert
            """)
    void areRefused(String options, String problem) {
      assertThatThrownBy(() -> LibpqOption.parseAll(options))
          .isInstanceOf(BadValue.class)
          .hasMessageStartingWith(problem);
    }
  }

  private static DatabaseAddress parse(String url) throws BadValue {
    return Setting.DATABASE_URL.type().read(new Raw.Text(url));
  }

  private static Postgres postgres(
      String host,
      int port,
      String database,
      String user,
      @Nullable String password,
      Map<String, String> options) {
    return new Postgres(
        host, port, database, user, password == null ? null : new Secret(password), options);
  }
}
