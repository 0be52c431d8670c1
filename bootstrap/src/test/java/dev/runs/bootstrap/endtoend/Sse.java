package dev.runs.bootstrap.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of server-sent events, read as a browser reads it. Used by one thread. */
final class Sse implements AutoCloseable {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What came, with its place; without a type when only the place moved. */
  record Event(String id, String type, String data) {

    JsonNode json() {
      return MAPPER.readTree(data);
    }
  }

  private final HttpClient http;
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;
  private String lastId;
  private int comments;

  private Sse(HttpClient http, HttpResponse<InputStream> response, String lastId) {
    this.http = http;
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    this.lastId = lastId;
  }

  /**
   * Connects; on a connection of its own, so that closing it is what a browser does that goes away.
   *
   * @param lastId how far it came before; empty when it is new
   */
  static Sse open(
      URI server,
      String path,
      Map<String, String> headers,
      HttpClient.Version version,
      String lastId)
      throws IOException {
    var http = HttpClient.newBuilder().version(version).build();
    var request =
        HttpRequest.newBuilder(server.resolve(path)).header("Accept", "text/event-stream");
    headers.forEach(request::header);
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      return new Sse(http, http.send(request.build(), BodyHandlers.ofInputStream()), lastId);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  int status() {
    return response.statusCode();
  }

  HttpClient.Version version() {
    return response.version();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** What a browser would send when it connected again. */
  String lastId() {
    return lastId;
  }

  /** How many lines came that only show that the stream is alive. */
  int comments() {
    return comments;
  }

  /** The next event, or move of the place; nothing when the stream has ended. */
  Optional<Event> next() throws IOException {
    var type = "";
    var data = new StringBuilder();
    @Nullable String line;
    while ((line = lines.readLine()) != null) {
      if (line.startsWith(":")) {
        comments++;
        continue;
      }
      if (line.isEmpty()) {
        return Optional.of(new Event(lastId, type, data.toString()));
      }
      var end = line.indexOf(": ");
      switch (end < 0 ? line : line.substring(0, end)) {
        case "id" -> lastId = line.substring(end + 2);
        case "event" -> type = line.substring(end + 2);
        case "data" -> data.append(line.substring(end + 2));
        default -> {
          // how long to wait before connecting again
        }
      }
    }
    return Optional.empty();
  }

  /** The next event, however often the place moves before; it must not end before that. */
  Event nextEvent() throws IOException {
    var event = next();
    while (event.isPresent() && event.get().type().isEmpty()) {
      event = next();
    }
    return event.orElseThrow(() -> new AssertionError("the stream has ended"));
  }

  /** All events to come; returns when the stream ends. */
  List<Event> rest() throws IOException {
    var events = new ArrayList<Event>();
    for (var event = next(); event.isPresent(); event = next()) {
      if (!event.get().type().isEmpty()) {
        events.add(event.get());
      }
    }
    return events;
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
