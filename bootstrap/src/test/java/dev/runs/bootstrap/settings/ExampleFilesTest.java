package dev.runs.bootstrap.settings;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.settings.DatabaseAddress.Postgres;
import dev.runs.bootstrap.settings.DatabaseAddress.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples at the top of the repository. */
class ExampleFilesTest {

  private static final Path TOP = Path.of("..");
  private static final Settings.Server SERVER = Settings.defaults().server();
  private static final Settings.Logging LOGGING =
      new Settings.Logging(LogLevel.INFO, LogFormat.TEXT, true);

  @Test
  void configureSqlite() {
    var configuration = file("config.yaml");

    assertThat(configuration.warnings()).isEmpty();
    assertThat(configuration.settings().server()).isEqualTo(SERVER);
    assertThat(configuration.settings().logging()).isEqualTo(LOGGING);
    assertThat(configuration.settings().database()).isEqualTo(new Sqlite(Path.of("./runs.db")));
  }

  @Test
  void configurePostgres() {
    var configuration = file("config-postgres.yaml");

    assertThat(configuration.warnings()).isEmpty();
    assertThat(configuration.settings().server()).isEqualTo(SERVER);
    assertThat(configuration.settings().logging()).isEqualTo(LOGGING);
    assertThat(configuration.settings().pool())
        .isEqualTo(new Settings.Pool(10, 100, Duration.ofHours(1)));
    assertThat(configuration.settings().database())
        .isEqualTo(
            new Postgres(
                "localhost",
                5433,
                "flyte_runs",
                "postgres",
                new Secret("postgres"),
                Map.of("sslmode", "disable")));
  }

  @Test
  void configureTheEnvironment() throws IOException {
    var settings = Configuration.read(Arguments.NONE, variables()).settings();

    assertThat(settings.apiKey()).isEqualTo(new Secret("change-me"));
    assertThat(settings.costs()).isEqualTo(new Settings.Costs(null, null));
    assertThat(settings.database())
        .isEqualTo(
            new Postgres("localhost", 5432, "runs", "postgres", new Secret("postgres"), Map.of()));
  }

  @Test
  void nameVariablesThatThereAre() throws IOException {
    assertThat(Setting.ALL.stream().flatMap(setting -> setting.environment().stream()))
        .containsAll(variables().keySet());
  }

  private static Map<String, String> variables() throws IOException {
    return Files.readAllLines(TOP.resolve(".env.example")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .collect(toMap(variable -> variable[0], variable -> variable[1]));
  }

  private static Configuration file(String name) {
    return Configuration.read(new Arguments(TOP.resolve(name), null, null), Map.of());
  }
}
