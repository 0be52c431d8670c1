package dev.runs.bootstrap.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/**
 * The packaged jar, listening on a port of its own. It starts with the options that make short
 * lives cheap.
 *
 * @param start what it wrote until it listened
 * @param log all it has written; complete when it has ended
 * @param reader ends when it has read all
 */
record Server(Process process, URI address, String start, Queue<String> log, Thread reader) {

  /** What a process ends with that was killed: 128 and the number of the signal. */
  static final int KILLED = 137;

  /** What a process ends with that was told to stop. */
  static final int STOPPED = 143;

  static final String KEY = "the-platform-key";

  /**
   * Keys of teams and of the platform, whole, and passwords of people; bin/check knows them too.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          Pattern.quote(KEY)
              + "|runs_live_[0-9A-Za-z]{22,}_[0-9A-Za-z]{6}"
              + "|a password of mine|another fine password|not the password");

  private static final Pattern LISTENING = Pattern.compile("Listening on 0\\.0\\.0\\.0:(\\d+)");

  /**
   * Starts it and returns when it listens.
   *
   * @param more variables of its environment
   */
  static Server start(Path folder, String databaseUrl, Map<String, String> more)
      throws IOException {
    var builder =
        new ProcessBuilder(PackagedJar.commandLine(List.of("serve", "--port", "0")))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    var environment = builder.environment();
    environment.clear();
    environment.put("RUNS_SERVICE_DATABASE_URL", databaseUrl);
    environment.put("RUNS_SERVICE_API_KEY", KEY);
    environment.putAll(more);
    return listening(builder.start());
  }

  /** Somebody who knows its key. */
  Client client() {
    return new Client(address, Map.of("X-API-Key", KEY));
  }

  /** Lines of its log that hold a key or a password. */
  List<String> leaks() {
    return log.stream().filter(line -> SECRET.matcher(line).find()).toList();
  }

  /** Ends it at once, as the kernel does: it has no time for anything. */
  int kill() throws InterruptedException {
    process.destroyForcibly();
    return end();
  }

  /** Tells it to stop and waits until it has. */
  int stop() throws InterruptedException {
    // the process itself would close its pipe, and what is still written would have no reader
    process.toHandle().destroy();
    return end();
  }

  private int end() throws InterruptedException {
    reader.join();
    return process.waitFor();
  }

  /** Returns when it listens. */
  static Server listening(Process process) throws IOException {
    var written = new ConcurrentLinkedQueue<String>();
    var lines = process.inputReader();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      written.add(line);
      var found = LISTENING.matcher(line);
      if (found.find()) {
        return new Server(
            process,
            URI.create("http://localhost:" + found.group(1)),
            String.join("\n", written),
            written,
            keepReading(lines, written));
      }
    }
    throw new AssertionError("the server ended: " + written);
  }

  /** Or the server would wait once the pipe is full. */
  private static Thread keepReading(BufferedReader lines, Queue<String> log) {
    return Thread.startVirtualThread(() -> lines.lines().forEach(log::add));
  }
}
