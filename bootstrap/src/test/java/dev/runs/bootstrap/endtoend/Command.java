package dev.runs.bootstrap.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the packaged jar that has ended.
 *
 * @param code 0 when it did what it was told
 * @param text what it wrote, to either stream
 */
record Command(int code, String text) {

  /** Only keeps a test that would wait for ever from doing so. */
  private static final int LONGEST_SECONDS = 60;

  /**
   * Runs it and waits for its end.
   *
   * @param typed what it can read from its input
   */
  static Command run(Path folder, String databaseUrl, String typed, String... arguments)
      throws IOException, InterruptedException {
    var process = start(folder, databaseUrl, arguments);
    try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write(typed);
    }
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command does not end: " + text);
    }
    return new Command(process.exitValue(), text);
  }

  /** Begins to run it, for who wants to do something with it before it ends. */
  static Process start(Path folder, String databaseUrl, String... arguments) throws IOException {
    var builder =
        new ProcessBuilder(PackagedJar.commandLine(List.of(arguments)))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("RUNS_SERVICE_DATABASE_URL", databaseUrl);
    return builder.start();
  }

  Command succeeds() {
    if (code != 0) {
      throw new AssertionError("the command ended with %d: %s".formatted(code, text));
    }
    return this;
  }
}
