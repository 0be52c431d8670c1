package dev.runs.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/runs}, with the jar that was just packed. */
class LauncherIT {

  private static final Path SCRIPT = Path.of(System.getProperty("runs.root"), "bin", "runs");

  /** Neither JAVA_HOME nor anything else of the caller's. */
  private static final Map<String, String> BARE = Map.of("PATH", "/usr/bin:/bin");

  @TempDir Path directory;

  @Test
  void findsItsJdkWithNothingSet() throws Exception {
    var ended = run(SCRIPT, BARE, "version");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).singleElement().asString().startsWith("runs-service ");
    assertThat(ended.code()).isZero();
  }

  @Test
  void startsThroughALink() throws Exception {
    var link = Files.createSymbolicLink(directory.resolve("link"), SCRIPT);

    assertThat(run(link, BARE, "version").code()).isZero();
  }

  @Test
  void overlooksAnOldJavaHome() throws Exception {
    var old = Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", directory.toString());

    assertThat(run(SCRIPT, old, "version").code()).isZero();
  }

  @Test
  void refusesAJdkOfItsOwnVariableThatIsNone() throws Exception {
    var wrong = Map.of("PATH", "/usr/bin:/bin", "RUNS_JAVA_HOME", directory.toString());
    var ended = run(SCRIPT, wrong, "version");

    assertThat(ended.err())
        .containsExactly(
            "runs: RUNS_JAVA_HOME=%s is not a JDK 25 or newer. Change or unset it."
                .formatted(directory));
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void looksForFilesWhereTheCallerIs() throws Exception {
    Files.writeString(directory.resolve("here.yaml"), "runs: {server: {port: x}}");
    var ended = run(SCRIPT, BARE, "serve", "--config", "here.yaml");

    assertThat(ended.err())
        .containsExactly(
            "runs: runs.server.port (here.yaml, line 1): \"x\" is not a whole number. Allowed is a"
                + " whole number from 0 to 65535.");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(1);
  }

  private record Ended(int code, List<String> out, List<String> err) {}

  private Ended run(Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList();
    var out = directory.resolve("out");
    var err = directory.resolve("err");
    var process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    process.environment().clear();
    process.environment().putAll(environment);
    var code = process.start().waitFor();
    return new Ended(code, Files.readAllLines(out), Files.readAllLines(err));
  }
}
