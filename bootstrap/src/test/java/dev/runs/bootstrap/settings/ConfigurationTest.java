package dev.runs.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.adapters.rest.rate.AddressBlock;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.Rate;
import dev.runs.application.event.FeedLimits;
import dev.runs.bootstrap.settings.DatabaseAddress.Postgres;
import dev.runs.bootstrap.settings.DatabaseAddress.Sqlite;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.GroupRoles;
import dev.runs.domain.access.GroupRoles.Grant;
import dev.runs.domain.access.Role;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.UnitPrice;
import dev.runs.domain.retention.RetentionPolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

  /** How often what may be asked when nobody says otherwise. */
  private static final Map<Budget, Rate> USUAL_RATES =
      Map.of(
          Budget.ADDRESS, new Rate(20_000, Duration.ofSeconds(1)),
          Budget.KEY, new Rate(10_000, Duration.ofSeconds(1)),
          Budget.NEW_RUNS, new Rate(300_000, Duration.ofMinutes(1)),
          Budget.CANCELLATIONS, new Rate(60_000, Duration.ofMinutes(1)),
          Budget.REFUSED_KEYS, new Rate(300, Duration.ofMinutes(1)));

  @TempDir Path directory;

  @Nested
  class WithoutAnySource {

    @Test
    void servesOnPort8090FromASqliteFile() {
      assertThat(Settings.defaults())
          .isEqualTo(
              new Settings(
                  new Settings.Server(
                      "0.0.0.0",
                      8090,
                      1_048_576,
                      100,
                      new FeedLimits(20_000, 1_000),
                      Optional.of(30),
                      List.of("*"),
                      null,
                      List.of(),
                      USUAL_RATES),
                  new Sqlite(Path.of("./runs.db")),
                  new Settings.Pool(10, 20, Duration.ofHours(1)),
                  new Settings.Costs(null, null),
                  null,
                  Map.of(),
                  null,
                  RetentionPolicy.USUAL,
                  new Settings.Rpc(null, "default", 4_194_304),
                  new Settings.Pipelines(null),
                  null,
                  new Settings.Logging(LogLevel.INFO, LogFormat.TEXT, false)));
    }
  }

  @Nested
  class OfTheEnvironment {

    @Test
    void takesTheVariablesOfTheCostTracker() {
      var settings =
          inEnvironment(
              Map.of(
                  "RUNS_SERVICE_DATABASE_URL", "postgres://ada:secret@db.example/runs",
                  "RUNS_SERVICE_API_KEY", "key-1",
                  "COSTS_SERVICE_URL", "https://costs.example",
                  "COSTS_SERVICE_API_KEY", "key-2",
                  "PORT", "3000"));

      assertThat(settings.database())
          .isEqualTo(
              new Postgres("db.example", 5432, "runs", "ada", new Secret("secret"), Map.of()));
      assertThat(settings.apiKey()).isEqualTo(new Secret("key-1"));
      assertThat(settings.costs())
          .isEqualTo(new Settings.Costs(URI.create("https://costs.example"), new Secret("key-2")));
      assertThat(settings.server().port()).isEqualTo(3000);
    }

    @Test
    void takesTheCollectorOfOpenTelemetry() {
      assertThat(
              inEnvironment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"))
                  .tracing())
          .isEqualTo(URI.create("http://collector:4318"));
      assertThat(
              inEnvironment(
                      Map.of(
                          "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318",
                          "RUNS_TRACING_ENDPOINT", "https://traces.example/otlp"))
                  .tracing())
          .isEqualTo(URI.create("https://traces.example/otlp"));
    }

    @Test
    void takesDatabaseUrlWhenTheServicesOwnVariableIsMissing() {
      var url = Map.of("DATABASE_URL", "sqlite:other.db");

      assertThat(inEnvironment(url).database()).isEqualTo(new Sqlite(Path.of("other.db")));
    }

    @Test
    void prefersTheServicesOwnVariableToDatabaseUrl() {
      var both =
          Map.of("RUNS_SERVICE_DATABASE_URL", "sqlite:own.db", "DATABASE_URL", "postgres://h/d");

      assertThat(inEnvironment(both).database()).isEqualTo(new Sqlite(Path.of("own.db")));
    }

    @Test
    void knowsAnIdentityProviderAndWhatItsGroupsMayDo() {
      var settings =
          inEnvironment(
              Map.of(
                  "RUNS_SERVER_PUBLIC_URL", "https://runs.example",
                  "RUNS_OIDC_ISSUER", "https://id.example/",
                  "RUNS_OIDC_CLIENT_ID", "runs",
                  "RUNS_OIDC_CLIENT_SECRET", "secret",
                  "RUNS_OIDC_SCOPES", "groups, email",
                  "RUNS_OIDC_GROUPS_CLAIM", "roles",
                  "RUNS_OIDC_ROLES", "root=platform-admin, sre=acme:admin a:b:viewer"));

      assertThat(settings.server().publicUrl()).isEqualTo(URI.create("https://runs.example"));
      assertThat(settings.oidc())
          .isEqualTo(
              new Settings.Oidc(
                  "https://id.example/",
                  "runs",
                  new Secret("secret"),
                  List.of("openid", "groups", "email"),
                  "roles",
                  new GroupRoles(
                      Map.of(
                          "root",
                          Set.of(new Grant.PlatformAdmin()),
                          "sre",
                          Set.of(
                              new Grant.In(new ExternalId("acme"), Role.ADMIN),
                              new Grant.In(new ExternalId("a:b"), Role.VIEWER))))));
    }

    @Test
    void takesRatesAndTheProxiesThatAreTrusted() {
      var settings =
          inEnvironment(
              Map.of(
                  "RUNS_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, ::1",
                  "RUNS_RATE_LIMIT_PER_ADDRESS", "1/s",
                  "RUNS_RATE_LIMIT_PER_KEY", "2/m",
                  "RUNS_RATE_LIMIT_PER_PLATFORM_KEY", "1000000/h",
                  "RUNS_RATE_LIMIT_NEW_RUNS_PER_KEY", "unlimited",
                  "RUNS_RATE_LIMIT_REFUSED_KEYS_PER_ADDRESS", "unlimited"));

      assertThat(settings.server().trustedProxies())
          .containsExactly(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("::1"));
      assertThat(settings.server().rates())
          .isEqualTo(
              Map.of(
                  Budget.ADDRESS, new Rate(1, Duration.ofSeconds(1)),
                  Budget.KEY, new Rate(2, Duration.ofMinutes(1)),
                  Budget.PLATFORM_KEY, new Rate(1_000_000, Duration.ofHours(1)),
                  Budget.CANCELLATIONS, new Rate(60_000, Duration.ofMinutes(1))));
    }

    @Test
    void refusesAProviderThatIsHalfNamed() {
      assertThatExceptionOfType(StartFailure.class)
          .isThrownBy(() -> inEnvironment(Map.of("RUNS_OIDC_ISSUER", "https://id.example")))
          .withMessage("RUNS_OIDC_ISSUER (environment) needs runs.oidc.clientId beside it.");
      assertThatExceptionOfType(StartFailure.class)
          .isThrownBy(() -> inEnvironment(Map.of("RUNS_OIDC_ROLES", "a=acme:king")))
          .withMessageContaining("has for a a grant that is none: acme:king");
      assertThat(
              Configuration.read(Arguments.NONE, Map.of("RUNS_OIDC_CLIENT_ID", "runs")).warnings())
          .containsExactly(
              "RUNS_OIDC_CLIENT_ID (environment) has no effect without runs.oidc.issuer.");
    }

    @Test
    void takesEverySettingByItsFullName() {
      var settings =
          inEnvironment(
              Map.of(
                  "RUNS_SERVER_HOST", "127.0.0.1",
                  "RUNS_SERVER_PORT", "1",
                  "RUNS_SERVER_MAX_BODY_SIZE", "2MB",
                  "RUNS_SERVER_CORS_ORIGINS", "https://a.example, http://localhost:5173",
                  "RUNS_WATCH_BUFFER_SIZE", "7",
                  "RUNS_DATABASE_MAX_OPEN_CONNECTIONS", "4",
                  "RUNS_DATABASE_CONN_MAX_LIFE_TIME", "PT10M",
                  "RUNS_PRICES", "gpt-4.1-input=0.0003,search=1.50",
                  "RUNS_LOGGER_SHOW_SOURCE", "true",
                  "RUNS_LOGGER_LEVEL", "debug"));

      assertThat(settings.server())
          .isEqualTo(
              new Settings.Server(
                  "127.0.0.1",
                  1,
                  2 * 1_048_576,
                  7,
                  new FeedLimits(20_000, 1_000),
                  Optional.of(30),
                  List.of("https://a.example", "http://localhost:5173"),
                  null,
                  List.of(),
                  USUAL_RATES));
      assertThat(settings.pool()).isEqualTo(new Settings.Pool(4, 4, Duration.ofMinutes(10)));
      assertThat(settings.prices())
          .containsExactly(
              Map.entry(new CostName("gpt-4.1-input"), price("0.0003")),
              Map.entry(new CostName("search"), price("1.50")));
      assertThat(settings.logging())
          .isEqualTo(new Settings.Logging(LogLevel.DEBUG, LogFormat.TEXT, true));
    }

    @Test
    void opensNoOrganizationToReadersWithoutAKeyUnlessThatIsWanted() {
      assertThat(
              inEnvironment(Map.of("RUNS_PIPELINES_ANONYMOUS_ORGANIZATION", "acme"))
                  .pipelines()
                  .anonymous())
          .isNull();
      assertThat(
              inEnvironment(Map.of("RUNS_PIPELINES_ANONYMOUS_READS", "true"))
                  .pipelines()
                  .anonymous())
          .isEqualTo("default");
      assertThat(
              inEnvironment(
                      Map.of(
                          "RUNS_PIPELINES_ANONYMOUS_READS", "true",
                          "RUNS_PIPELINES_ANONYMOUS_ORGANIZATION", "acme"))
                  .pipelines()
                  .anonymous())
          .isEqualTo("acme");
    }

    @Test
    void takesHowManyStreamsThereMayBe() {
      assertThat(
              inEnvironment(Map.of("RUNS_MAX_STREAMS", "1000000", "RUNS_MAX_STREAMS_PER_KEY", "1"))
                  .server()
                  .streams())
          .isEqualTo(new FeedLimits(1_000_000, 1));
    }

    @Test
    void takesNamesWithoutUnderscoresInsideAWord() {
      assertThat(inEnvironment(Map.of("RUNS_WATCHBUFFERSIZE", "9")).server().watchBufferSize())
          .isEqualTo(9);
    }

    @Test
    void overlooksEmptyVariables() {
      var empty = Map.of("PORT", "", "COSTS_SERVICE_URL", " ", "RUNS_SERVICE_API_KEY", "");

      assertThat(inEnvironment(empty)).isEqualTo(Settings.defaults());
    }
  }

  @Nested
  class OfAFile {

    @Test
    void takesSqliteAsTheFlyteServiceWritesIt() {
      var settings =
          inFile(
              """
              runs:
                server:
                  host: "0.0.0.0"
                  port: 8091
                watchBufferSize: 50

              database:
                sqlite:
                  file: "./other.db"

              logger:
                level: 5  # Debug level
                show-source: true
              """);

      assertThat(settings.server().port()).isEqualTo(8091);
      assertThat(settings.server().watchBufferSize()).isEqualTo(50);
      assertThat(settings.database()).isEqualTo(new Sqlite(Path.of("./other.db")));
      assertThat(settings.logging())
          .isEqualTo(new Settings.Logging(LogLevel.DEBUG, LogFormat.TEXT, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"extraOptions", "options"})
    void takesPostgresAsTheFlyteServiceWritesIt(String options) {
      var settings =
          inFile(
              """
              database:
                postgres:
                  host: "localhost"
                  port: 5433
                  dbname: "flyte_runs"
                  username: "postgres"
                  password: "postgres"
                  %s: "sslmode=disable"
                maxIdleConnections: 3
                maxOpenConnections: 100
                connMaxLifeTime: 1h30m
              """
                  .formatted(options));

      assertThat(settings.database())
          .isEqualTo(
              new Postgres(
                  "localhost",
                  5433,
                  "flyte_runs",
                  "postgres",
                  new Secret("postgres"),
                  Map.of("sslmode", "disable")));
      assertThat(settings.pool()).isEqualTo(new Settings.Pool(3, 100, Duration.ofMinutes(90)));
    }

    @Test
    void takesTheSameKeysBelowRuns() {
      var settings =
          inFile(
              """
              runs:
                database: {url: "postgres://h/d", maxOpenConnections: 2}
                logger: {level: warn}
                costs: {url: "http://costs:8090", apiKey: k}
                apiKey: platform
              """);

      assertThat(settings.database()).isInstanceOf(Postgres.class);
      assertThat(settings.pool().maxOpenConnections()).isEqualTo(2);
      assertThat(settings.logging().level()).isEqualTo(LogLevel.WARN);
      assertThat(settings.costs().url()).isEqualTo(URI.create("http://costs:8090"));
      assertThat(settings.apiKey()).isEqualTo(new Secret("platform"));
    }

    @Test
    void takesKeysWithDotsAndOtherCapitals() {
      var settings = inFile("runs.server.port: 1\nlogger: {showSource: true}\n");

      assertThat(settings.server().port()).isEqualTo(1);
      assertThat(settings.logging().showSource()).isTrue();
    }

    @Test
    void keepsThePricesAsTheyWereWritten() {
      var settings =
          inFile(
              """
              runs:
                prices:
                  gpt-4.1-input: 0.00030
                  search: "1e-3"
              """);

      assertThat(settings.prices())
          .containsExactly(
              Map.entry(new CostName("gpt-4.1-input"), price("0.00030")),
              Map.entry(new CostName("search"), price("1e-3")));
    }

    @Test
    void keepsTheDigitsOfAPasswordThatLooksLikeANumber() {
      var postgres = (Postgres) inFile("database: {postgres: {password: 0123}}").database();

      assertThat(postgres.password()).isEqualTo(new Secret("0123"));
    }

    @Test
    void namesTheDatabaseAsTheUserWhenItHasNoName() {
      var postgres = (Postgres) inFile("database: {postgres: {username: ada}}").database();

      assertThat(postgres).isEqualTo(new Postgres("localhost", 5432, "ada", "ada", null, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "runs:\ndatabase:\n", "runs: {apiKey: }"})
    void holdsNothingWhenItIsEmpty(String yaml) {
      assertThat(inFile(yaml)).isEqualTo(Settings.defaults());
    }

    @Test
    void warnsOfUnknownKeysAndNamesTheNearest() {
      var warnings =
          read(
                  """
                  runs:
                    sever:
                      port: 1
                    server:
                      prot: 2
                  databse: {sqlite: {file: x}}
                  logger:
                    show-sauce: true
                  """,
                  Map.of())
              .warnings();

      assertThat(warnings)
          .containsExactly(
              "config.yaml, line 2: unknown key runs.sever has no effect; the nearest known key is"
                  + " runs.server.",
              "config.yaml, line 5: unknown key runs.server.prot has no effect; the nearest known"
                  + " key is runs.server.port.",
              "config.yaml, line 6: unknown key databse has no effect; the nearest known key is"
                  + " database.",
              "config.yaml, line 8: unknown key logger.show-sauce has no effect; the nearest known"
                  + " key is logger.show-source.");
    }
  }

  @Nested
  class OfSeveralSources {

    @Test
    void thinksMostOfTheCommandLineThenOfTheEnvironmentThenOfTheFile() {
      var file = write("runs: {server: {port: 1, host: file}, watchBufferSize: 3}");
      var environment = Map.of("PORT", "2", "RUNS_SERVER_HOST", "environment");

      var settings = settings(new Arguments(file, "4", null), environment);

      assertThat(settings.server().port()).isEqualTo(4);
      assertThat(settings.server().host()).isEqualTo("environment");
      assertThat(settings.server().watchBufferSize()).isEqualTo(3);
    }

    @Test
    void takesTheSqliteFileOfTheCommandLine() {
      var file = write("database: {sqlite: {file: a.db}}");

      assertThat(settings(new Arguments(file, null, "b.db"), Map.of()).database())
          .isEqualTo(new Sqlite(Path.of("b.db")));
    }

    @Test
    void takesASqliteFileOfTheCommandLineBeforeAnAddressOfAnother() {
      var environment = Map.of("DATABASE_URL", "sqlite:a.db");

      assertThat(settings(new Arguments(null, null, "b.db"), environment).database())
          .isEqualTo(new Sqlite(Path.of("b.db")));
    }

    @Test
    void putsPartsOfTheEnvironmentOverThoseOfTheFile() {
      var file = write("database: {postgres: {host: h, password: p, dbname: d, username: u}}");
      var environment = Map.of("RUNS_DATABASE_POSTGRES_PASSWORD", "q");

      assertThat(settings(new Arguments(file, null, null), environment).database())
          .isEqualTo(new Postgres("h", 5432, "d", "u", new Secret("q"), Map.of()));
    }

    @Test
    void putsPartsOfTheEnvironmentOverTheAddressOfTheFile() {
      var file = write("database: {url: 'postgres://u@h/d?sslmode=require&connect_timeout=3'}");
      var environment =
          Map.of(
              "RUNS_DATABASE_POSTGRES_PASSWORD", "q",
              "RUNS_DATABASE_POSTGRES_EXTRA_OPTIONS", "connect_timeout=4");

      assertThat(settings(new Arguments(file, null, null), environment).database())
          .isEqualTo(
              new Postgres(
                  "h",
                  5432,
                  "d",
                  "u",
                  new Secret("q"),
                  Map.of("sslmode", "require", "connectTimeout", "4")));
    }

    @Test
    void sendsNoPasswordOfTheFileToTheAddressOfTheEnvironment() {
      var file = write("database: {postgres: {host: old, password: p}}");
      var configuration =
          Configuration.read(
              new Arguments(file, null, null), Map.of("DATABASE_URL", "postgres://u@new/d"));

      assertThat(configuration.settings().database())
          .isEqualTo(new Postgres("new", 5432, "d", "u", null, Map.of()));
      assertThat(configuration.warnings())
          .containsExactly(
              "database.postgres.host (config.yaml, line 1) has no effect, for DATABASE_URL"
                  + " (environment) names the database.",
              "database.postgres.password (config.yaml, line 1) has no effect, for DATABASE_URL"
                  + " (environment) names the database.");
    }
  }

  @Nested
  class OfBothDatabases {

    @Test
    void isRefusedWhenOneFileNamesBoth() {
      assertThatThrownBy(() -> inFile("database:\n  sqlite: {file: a.db}\n  postgres: {host: h}\n"))
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "Both databases are set: SQLite by database.sqlite.file (config.yaml, line 2) and"
                  + " PostgreSQL by database.postgres.host (config.yaml, line 3). Remove one of"
                  + " them.");
    }

    @Test
    void isRefusedWhenTheEnvironmentNamesBoth() {
      var both = Map.of("DATABASE_URL", "postgres://h/d", "RUNS_DATABASE_SQLITE_FILE", "a.db");

      assertThatThrownBy(() -> inEnvironment(both))
          .hasMessageContaining("RUNS_DATABASE_SQLITE_FILE (environment)")
          .hasMessageContaining("DATABASE_URL (environment)");
    }

    @Test
    void isRefusedWhenTwoSourcesNameOneEach() {
      var arguments = new Arguments(null, null, "a.db");

      assertThatThrownBy(
              () -> Configuration.read(arguments, Map.of("DATABASE_URL", "postgres://h/d")))
          .hasMessage(
              "Both databases are set: SQLite by --db (command line) and PostgreSQL by DATABASE_URL"
                  + " (environment). Remove one of them.");
    }

    @Test
    void isRefusedForOneDatabaseNamedTwiceInOneSource() {
      assertThatThrownBy(() -> inFile("database: {url: 'postgres://h/d', postgres: {port: 1}}"))
          .hasMessageContaining("database.url")
          .hasMessageContaining("database.postgres.port");
      assertThatThrownBy(() -> inFile("database: {url: 'sqlite:a.db', sqlite: {file: b.db}}"))
          .hasMessageContaining("database.url")
          .hasMessageContaining("database.sqlite.file");
    }
  }

  @Nested
  class OfAWrongValue {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            runs: {server: {port: http}}         | runs.server.port (config.yaml, line 1): "http" is not a whole number. Allowed is a whole number from 0 to 65535.
            runs: {server: {port: 65536}}        | runs.server.port (config.yaml, line 1): "65536" is out of range. Allowed is a whole number from 0 to 65535.
            runs: {server: {port: -1}}           | runs.server.port (config.yaml, line 1): "-1" is out of range. Allowed is a whole number from 0 to 65535.
            runs: {server: {port: [1]}}          | runs.server.port (config.yaml, line 1): is a list where one value belongs. Allowed is a whole number from 0 to 65535.
            runs: {watchBufferSize: 0}           | runs.watchBufferSize (config.yaml, line 1): "0" is out of range. Allowed is a whole number from 1 to 100000.
            runs: {maxStreams: 0}                | runs.maxStreams (config.yaml, line 1): "0" is out of range. Allowed is a whole number from 1 to 1000000.
            runs: {maxStreamsPerKey: 1000001}    | runs.maxStreamsPerKey (config.yaml, line 1): "1000001" is out of range. Allowed is a whole number from 1 to 1000000.
            logger: {level: 7}                   | logger.level (config.yaml, line 1): "7" is not a log level.
            logger: {show-source: yes}           | logger.show-source (config.yaml, line 1): "yes" is neither true nor false.
            database: {maxOpenConnections: 0}    | database.maxOpenConnections (config.yaml, line 1): "0" is out of range.
            database: {connMaxLifeTime: 90}      | database.connMaxLifeTime (config.yaml, line 1): "90" has no unit. Allowed is a duration such as
            database: {connMaxLifeTime: 29s}     | database.connMaxLifeTime (config.yaml, line 1): "29s" is out of range.
            database: {sqlite: {file: ':memory:'}} | database.sqlite.file (config.yaml, line 1): ":memory:" is a database in memory
            runs: {server: {corsOrigins: [x]}}   | runs.server.corsOrigins (config.yaml, line 1): is not an http or https address with a host.
            runs: {server: {trustedProxies: [10.0.0.1/8]}} | runs.server.trustedProxies (config.yaml, line 1): has an entry that is neither an address nor a block: 10.0.0.1/8.
            runs: {server: {trustedProxies: proxy.example}} | runs.server.trustedProxies (config.yaml, line 1): "proxy.example" has an entry that is neither an address nor a block: proxy.example.
            runs: {rateLimit: {perKey: 100}}     | runs.rateLimit.perKey (config.yaml, line 1): "100" is no rate such as 100/s.
            runs: {rateLimit: {perKey: 0/s}}     | runs.rateLimit.perKey (config.yaml, line 1): "0/s" is out of range.
            runs: {rateLimit: {perKey: 1000001/s}} | runs.rateLimit.perKey (config.yaml, line 1): "1000001/s" is out of range.
            runs: {rateLimit: {perKey: 1/d}}     | runs.rateLimit.perKey (config.yaml, line 1): "1/d" is no rate such as 100/s.
            runs: {server: {maxBodySize: 1023}}  | runs.server.maxBodySize (config.yaml, line 1): "1023" is out of range.
            runs: {server: {maxBodySize: 257MB}} | runs.server.maxBodySize (config.yaml, line 1): "257MB" is out of range.
            runs: {costs: {url: costs.example}}  | runs.costs.url (config.yaml, line 1): is not an http or https address with a host.
            runs: {apiKey: 'a b'}                | runs.apiKey (config.yaml, line 1): cannot be sent in an HTTP header.
            runs: {prices: {a: cheap}}           | runs.prices (config.yaml, line 1): has for a a price that is not a decimal number.
            runs: {prices: {a: -1}}              | runs.prices (config.yaml, line 1): has a bad price for a:
            runs: 5                              | config.yaml, line 1: runs holds other keys and cannot have a value itself.
            5                                    | config.yaml, line 1: the file does not hold keys with values.
            """)
    void isRefusedWithALineThatNamesKeyProblemAndWhatIsAllowed(String yaml, String line) {
      assertThatThrownBy(() -> inFile(yaml))
          .isInstanceOf(StartFailure.class)
          .satisfies(
              failure -> assertThat(failure.getMessage()).startsWith(line).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource({"1023,1024", "268435457,268435456"})
    void isRefusedOnlyBeyondTheEdgeOfABody(String refused, int accepted) {
      assertThatThrownBy(() -> inEnvironment(Map.of("RUNS_SERVER_MAX_BODY_SIZE", refused)))
          .isInstanceOf(StartFailure.class);
      assertThat(
              inEnvironment(Map.of("RUNS_SERVER_MAX_BODY_SIZE", Integer.toString(accepted)))
                  .server()
                  .maxBodyBytes())
          .isEqualTo(accepted);
    }

    @Test
    void namesTheVariableOrTheOption() {
      assertThatThrownBy(() -> inEnvironment(Map.of("PORT", "tcp://10.0.0.1:80")))
          .hasMessageStartingWith("PORT (environment): \"tcp://10.0.0.1:80\" is not");
      assertThatThrownBy(() -> Configuration.read(new Arguments(null, "x", null), Map.of()))
          .hasMessageStartingWith("--port (command line): \"x\" is not");
    }

    @Test
    void neverShowsASecret() {
      for (var secret :
          List.of(
              Map.of("DATABASE_URL", "postgres://ada:hunter2@h:port/d"),
              Map.of("DATABASE_URL", "mysql://ada:hunter2@h/d"),
              Map.of("DATABASE_URL", "postgres://ada:hunter2@h/d?hunter2=1"),
              Map.of("RUNS_SERVICE_API_KEY", "hunter2 hunter2"),
              Map.of("COSTS_SERVICE_URL", "https://ada:hunter2@h"),
              Map.of("RUNS_DATABASE_POSTGRES_EXTRA_OPTIONS", "sslmode=hunter hunter2"))) {
        assertThatThrownBy(() -> inEnvironment(secret))
            .isInstanceOf(StartFailure.class)
            .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("hunter2"));
      }
    }

    @Test
    void isRefusedForAKeyThatIsSetTwice() {
      assertThatThrownBy(() -> inFile("runs:\n  server:\n    port: 1\n    port: 2\n"))
          .hasMessage(
              "runs.server.port (config.yaml, line 4) sets again what runs.server.port"
                  + " (config.yaml, line 3) sets. Remove one of them.");
      assertThatThrownBy(() -> inFile("logger: {level: 4}\nruns: {logger: {level: 4}}\n"))
          .hasMessageContaining("runs.logger.level (config.yaml, line 2) sets again");
    }
  }

  @Nested
  class OfAFileThatCannotBeRead {

    @Test
    void saysThatItIsMissing() {
      var arguments = new Arguments(directory.resolve("none.yaml"), null, null);

      assertThatThrownBy(() -> Configuration.read(arguments, Map.of()))
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "There is no configuration file %s. Change --config."
                  .formatted(directory.resolve("none.yaml")));
    }

    @Test
    void saysThatItIsAFolder() {
      assertThatThrownBy(() -> Configuration.read(new Arguments(directory, null, null), Map.of()))
          .hasMessage(
              "The configuration file %s cannot be read: it is a folder. Change --config."
                  .formatted(directory));
    }

    @Test
    void namesTheLineThatIsNotYaml() {
      assertThatThrownBy(() -> inFile("runs:\n  server: {port: 1\ndatabase:\n"))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("config.yaml, line 3: this is not YAML: ")
          .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));
    }

    @Test
    void saysThatItIsNotText() throws IOException {
      var file = Files.write(directory.resolve("config.yaml"), new byte[] {(byte) 0xC3, 0x28});

      assertThatThrownBy(() -> Configuration.read(new Arguments(file, null, null), Map.of()))
          .hasMessageEndingWith("is not UTF-8 text.");
    }

    @Test
    void survivesAnAnchorThatHoldsItself() {
      assertThat(read("runs: &a {server: *a}", Map.of()).warnings())
          .singleElement()
          .asString()
          .contains("unknown key runs.server.server");
    }
  }

  private static UnitPrice price(String cents) {
    return new UnitPrice(new BigDecimal(cents));
  }

  private static Settings inEnvironment(Map<String, String> environment) {
    return settings(Arguments.NONE, environment);
  }

  private static Settings settings(Arguments arguments, Map<String, String> environment) {
    return Configuration.read(arguments, environment).settings();
  }

  private Settings inFile(String yaml) {
    return read(yaml, Map.of()).settings();
  }

  private Configuration read(String yaml, Map<String, String> environment) {
    return Configuration.read(new Arguments(write(yaml), null, null), environment);
  }

  private Path write(@Nullable String yaml) {
    try {
      return Files.writeString(directory.resolve("config.yaml"), yaml == null ? "" : yaml);
    } catch (IOException exception) {
      throw new AssertionError(exception);
    }
  }
}
