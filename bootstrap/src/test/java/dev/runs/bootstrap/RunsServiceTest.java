package dev.runs.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunsServiceTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void showsItsCommandsWhenItIsGivenNone() {
    assertThat(execute()).isZero();
    assertThat(out.toString()).contains("Usage: runs").contains("serve").contains("version");
  }

  @Test
  void showsTheOptionsOfServe() {
    assertThat(execute("serve", "--help")).isZero();
    assertThat(out.toString()).contains("--config=FILE").contains("--port=N").contains("--db=FILE");
  }

  @Test
  void tellsItsVersion() {
    assertThat(execute("version")).isZero();
    assertThat(out.toString()).matches("runs-service \\S+ \\(Java 25\\S*\\)\\R");
  }

  @Test
  void endsWithOneLineWhenTheConfigurationIsMissing() {
    assertThat(execute("serve", "--config", "no-such.yaml")).isEqualTo(1);
    assertThat(err)
        .hasToString(line("There is no configuration file no-such.yaml. Change --config."));
  }

  @Test
  void endsWithOneLineWhenAValueIsWrong() {
    assertThat(execute("serve", "--port", "http")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            line(
                "--port (command line): \"http\" is not a whole number. Allowed is a whole number"
                    + " from 0 to 65535."));
  }

  @Test
  void refusesOptionsItDoesNotKnow() {
    assertThat(execute("serve", "--prot=1")).isEqualTo(2);
    assertThat(err.toString()).startsWith("Unknown option: '--prot=1'");
  }

  private static String line(String text) {
    return "runs: " + text + System.lineSeparator();
  }

  private int execute(String... arguments) {
    return RunsService.commandLine(Map.of())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
