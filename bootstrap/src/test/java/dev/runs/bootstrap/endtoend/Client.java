package dev.runs.bootstrap.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who asks a server and is answered. May be used by many threads. */
record Client(URI server, Map<String, String> headers) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Only keeps a test that would wait for ever from doing so. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What was answered. */
  record Answer(int status, HttpHeaders headers, String text) {

    Answer is(int expected) {
      if (status != expected) {
        throw new AssertionError(
            "the answer is %d and not %d: %s".formatted(status, expected, text));
      }
      return this;
    }

    JsonNode json() {
      return MAPPER.readTree(text);
    }

    /** Where it sends whoever asked; empty when nowhere. */
    String location() {
      return headers.firstValue("Location").orElse("");
    }

    /** A member, found by a JSON pointer. */
    JsonNode at(String pointer) {
      return json().at(pointer);
    }

    String textAt(String pointer) {
      return at(pointer).asString();
    }

    BigDecimal decimalAt(String pointer) {
      return new BigDecimal(textAt(pointer));
    }

    String id() {
      return textAt("/id");
    }
  }

  Client with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Client(server, Map.copyOf(more));
  }

  Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /**
   * @param body JSON, in which single quotes stand for double ones and {@code %s} for the values
   */
  Answer post(String path, String body, Object... values) {
    return send("POST", path, json(body, values));
  }

  /** As {@link #post}. */
  Answer put(String path, String body, Object... values) {
    return send("PUT", path, json(body, values));
  }

  /** As {@link #post}. */
  Answer patch(String path, String body, Object... values) {
    return send("PATCH", path, json(body, values));
  }

  private static BodyPublisher json(String body, Object... values) {
    var filled = body.replace('\'', '"');
    for (var value : values) {
      filled = filled.replaceFirst("%s", Matcher.quoteReplacement(value.toString()));
    }
    return BodyPublishers.ofString(filled);
  }

  private Answer send(String method, String path, BodyPublisher body) {
    var request = HttpRequest.newBuilder(server.resolve(path)).timeout(LONGEST);
    headers.forEach(request::header);
    request.header("Content-Type", "application/json").method(method, body);
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
