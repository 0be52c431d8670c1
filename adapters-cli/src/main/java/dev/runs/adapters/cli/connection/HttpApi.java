package dev.runs.adapters.cli.connection;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The API of a server. May be used by many threads. */
public final class HttpApi implements AutoCloseable {

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  /** Beyond what a request asks the server to wait. */
  private static final Duration ANSWERING = Duration.ofSeconds(60);

  private final URI address;
  private final String server;
  private final Optional<String> key;
  private final Optional<String> organization;
  private final HttpClient client;

  /**
   * @param server its address; a path in it is kept
   * @param key sent as {@code X-API-Key}
   * @param organization sent as {@code X-Organization-Id}
   */
  public HttpApi(URI server, Optional<String> key, Optional<String> organization) {
    this.address = server;
    this.server = server.toString().replaceAll("/+$", "");
    this.key = key;
    this.organization = organization;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .build();
  }

  /** The same server, in another organization. */
  public HttpApi actingIn(String otherOrganization) {
    return new HttpApi(address, key, Optional.of(otherOrganization));
  }

  /**
   * Asks for a document.
   *
   * @param path from {@code /v1} on
   * @param query parameters; empty values are left out
   * @throws CommandFailed when the server refuses, or does not answer
   */
  public JsonNode get(String path, Map<String, String> query) {
    var parameters =
        query.entrySet().stream()
            .filter(parameter -> !parameter.getValue().isEmpty())
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    var request = request(parameters.isEmpty() ? path : path + "?" + parameters, ANSWERING).GET();
    return body(sent(request));
  }

  /** As {@link #post(String, ObjectNode, Duration)}, of what is answered at once. */
  public Answer post(String path, @Nullable ObjectNode body) {
    return post(path, body, Duration.ZERO);
  }

  /** What was answered. */
  public record Answer(int status, JsonNode body) {}

  /**
   * @param wait how long the server was asked to wait with its answer
   * @throws CommandFailed when the server refuses, or does not answer
   */
  public Answer post(String path, @Nullable ObjectNode body, Duration wait) {
    var request =
        request(path, ANSWERING.plus(wait))
            .header("Content-Type", "application/json")
            .POST(
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(Documents.text(body)));
    var response = sent(request);
    return new Answer(response.statusCode(), body(response));
  }

  /** A part of a path, in which a slash or a colon stands for itself. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path, Duration timeout) {
    var request = HttpRequest.newBuilder(URI.create(server + path)).timeout(timeout);
    try {
      key.ifPresent(value -> request.header("X-API-Key", value));
      organization.ifPresent(value -> request.header("X-Organization-Id", value));
    } catch (IllegalArgumentException _) {
      throw CommandFailed.usage("The key or the organization has characters that none has.");
    }
    return request;
  }

  private HttpResponse<String> sent(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw CommandFailed.unreachable("The server %s does not answer.".formatted(server), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailed.unreachable("Nobody waits for the server any more.", e);
    }
  }

  private JsonNode body(HttpResponse<String> response) {
    var json = json(response.body());
    var status = response.statusCode();
    if (status >= 200 && status < 300) {
      return json.orElseThrow(() -> notOurs(status));
    }
    var problem = json.filter(JsonNode::isObject).orElseThrow(() -> notOurs(status));
    var code = problem.path("code").asString("http." + status);
    // problem documents of the API tell it in one way, failures of Connect in another
    var sentence = problem.has("detail") ? problem.path("detail") : problem.path("message");
    var message = sentence.asString("The server answers " + status + ".");
    if (status >= 500 || status == 429) {
      throw new CommandFailed(code, message, ExitCode.UNREACHABLE, null);
    }
    throw CommandFailed.refused(code, message);
  }

  private CommandFailed notOurs(int status) {
    var message = "%s answers %d, and not as Runs Service does.".formatted(server, status);
    return status >= 500 || status == 429
        ? CommandFailed.unreachable(message, null)
        : CommandFailed.refused("server.unknown", message);
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(text.isBlank() ? Documents.object() : Documents.read(text));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
