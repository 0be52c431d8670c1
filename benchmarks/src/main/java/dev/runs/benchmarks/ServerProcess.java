package dev.runs.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged server in a process of its own, and a client of it. */
final class ServerProcess implements AutoCloseable {

  private static final String KEY = "a-key-for-benchmarks";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of the generations of the heap; what is no heap has no total. */
  private static final Pattern USED = Pattern.compile("\\btotal\\b.*?\\bused (\\d+)K");

  private final Process process;
  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    this.address = "http://127.0.0.1:" + port;
  }

  /**
   * @param database as {@code RUNS_SERVICE_DATABASE_URL} takes it
   */
  static ServerProcess start(Path root, String database) throws Exception {
    var port = freePort();
    var builder = new ProcessBuilder(root.resolve("bin/runs").toString(), "serve");
    builder.environment().put("RUNS_SERVICE_DATABASE_URL", database);
    builder.environment().put("RUNS_SERVICE_API_KEY", KEY);
    builder.environment().put("PORT", Integer.toString(port));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var server = new ServerProcess(builder.start(), port);
    try {
      server.awaitHealth();
    } catch (Exception e) {
      server.close();
      throw e;
    }
    return server;
  }

  /**
   * @return the answer
   * @throws IllegalStateException when it is not the status that is expected
   */
  JsonNode post(String path, String body, int status) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        status);
  }

  /** A connection of its own that posts this body again and again. */
  Line posting(String path, String body) throws IOException {
    return Line.posting(port, path, KEY, body);
  }

  JsonNode put(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)),
        200);
  }

  JsonNode get(String path) throws Exception {
    return send(request(path).GET(), 200);
  }

  /** Clients that follow these; see {@link Streams#open}. */
  Streams follow(List<Streams.Request> others, Streams.Request noted) throws IOException {
    return Streams.open(port, KEY, others, noted);
  }

  /** How many threads of the operating system it has. */
  int threads() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToInt(line -> Integer.parseInt(line.substring("Threads:".length()).strip()))
        .sum();
  }

  /** What its heap holds when everything is collected that nobody needs. */
  long liveHeapBytes() throws Exception {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var pid = Long.toString(process.pid());
    new ProcessBuilder(jcmd, pid, "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    var told = new ProcessBuilder(jcmd, pid, "GC.heap_info").start();
    var text = new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var used = 0L;
    var found = USED.matcher(text);
    while (found.find()) {
      used += Long.parseLong(found.group(1)) * 1_024;
    }
    return used;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).header("X-API-Key", KEY);
  }

  private JsonNode send(HttpRequest.Builder request, int status) throws Exception {
    var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private void awaitHealth() throws Exception {
    var end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (System.nanoTime() < end) {
      try {
        get("/health");
        return;
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IllegalStateException("the server ended with " + process.exitValue(), e);
        }
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("the server does not listen");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
