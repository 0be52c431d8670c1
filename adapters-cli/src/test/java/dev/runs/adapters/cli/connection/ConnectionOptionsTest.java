package dev.runs.adapters.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

class ConnectionOptionsTest {

  private static final Map<String, String> NOTHING = Map.of();

  @SuppressWarnings("NullAway.Init") // picocli sets them
  @Command
  static final class Asking {
    @Mixin ConnectionOptions connection;
    @Parameters String id;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--remote an-id",
        "an-id --remote",
        "--remote http://there an-id",
        "--remote=http://there an-id",
        "an-id --remote http://there",
        "--remote --json an-id"
      })
  void takesForTheServerOnlyWhatCanBeOne(String line) {
    var asking = parsed(line);

    assertThat(asking.id).isEqualTo("an-id");
    assertThat(asking.connection.server(NOTHING)).isPresent();
  }

  @Test
  void refusesAServerThatIsNone() {
    var asking = parsed("--remote=there an-id");

    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> asking.connection.server(NOTHING))
        .withMessageStartingWith("--remote must be an address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--db", "--config"})
  void refusesAFileOnAServer(String option) {
    var asking = parsed(option + " x --remote http://there an-id");

    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> asking.connection.server(NOTHING))
        .withMessage(option + " has no effect on a server; leave it out, or add --local.");
  }

  @Test
  void takesTheOrganizationOfTheEnvironmentWhenNoneIsNamed() {
    var variables = Map.of("RUNS_ORGANIZATION", "acme");

    assertThat(parsed("an-id").connection.here(variables).organization()).contains("acme");
    assertThat(parsed("--organization other an-id").connection.here(variables).organization())
        .contains("other");
  }

  private static Asking parsed(String line) {
    var asking = new Asking();
    new CommandLine(asking).parseArgs(line.split(" "));
    return asking;
  }
}
