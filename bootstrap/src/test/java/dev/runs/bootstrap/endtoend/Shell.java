package dev.runs.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who types commands of the packaged jar in a folder.
 *
 * @param environment all variables that the commands see, beside the path of programs
 */
record Shell(Path folder, Map<String, String> environment) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Only keeps a test that would wait for ever from doing so. */
  private static final int LONGEST_SECONDS = 90;

  /** A command that has ended. */
  record Ended(int code, String out, String err) {

    Ended endsWith(int expected) {
      if (code != expected) {
        throw new AssertionError(
            "the command ended with %d and not %d: %s%s".formatted(code, expected, out, err));
      }
      return this;
    }

    /** What it printed on its last line, as JSON. */
    JsonNode json() {
      return MAPPER.readTree(out.strip().lines().toList().getLast());
    }

    /** What it printed, without the end of the line. */
    String line() {
      return out.strip();
    }
  }

  /** A command that goes on, such as a worker. */
  record Running(Process process, Path log) {

    String written() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** Ends it at once, and what it has started. */
    void kill() throws InterruptedException {
      var below = process.descendants().toList();
      process.destroyForcibly().waitFor();
      below.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends it at once, and leaves what it has started behind. */
    void killAlone() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    int stop() throws InterruptedException {
      process.destroy();
      return process.waitFor();
    }
  }

  Shell with(String variable, String value) {
    var more = new HashMap<>(environment);
    more.put(variable, value);
    return new Shell(folder, more);
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    return runTyping("", arguments);
  }

  /**
   * @param typed what the command can read from its input
   */
  Ended runTyping(String typed, String... arguments) throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var process =
        builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try (var input = process.outputWriter(UTF_8)) {
      input.write(typed);
    }
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command does not end: " + Files.readString(out));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  Running start(String... arguments) throws IOException {
    var log = Files.createTempFile(folder, "log", "");
    return new Running(
        builder(arguments).redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  private ProcessBuilder builder(String... arguments) {
    var builder =
        new ProcessBuilder(PackagedJar.commandLine(List.of(arguments))).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    return builder;
  }
}
