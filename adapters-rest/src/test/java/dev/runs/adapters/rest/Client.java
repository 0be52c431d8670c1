package dev.runs.adapters.rest;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.runs.adapters.rest.openapi.Document;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who asks the service and is answered. Every answer is held to what the OpenAPI document
 * says of it. Changing a client makes another one.
 */
public final class Client {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final MockMvc mvc;
  private final Map<String, String> headers;

  public Client(MockMvc mvc, String key) {
    this(mvc, Map.of("X-API-Key", key, "Content-Type", "application/json"));
  }

  private Client(MockMvc mvc, Map<String, String> headers) {
    this.mvc = mvc;
    this.headers = Map.copyOf(headers);
  }

  /** What was answered. */
  public record Answer(MockHttpServletResponse response, String text) {

    public int status() {
      return response.getStatus();
    }

    public String contentType() {
      return String.valueOf(response.getContentType());
    }

    public String header(String name) {
      return String.valueOf(response.getHeader(name));
    }

    public JsonNode json() {
      return MAPPER.readTree(text);
    }

    /** A member, found by a JSON pointer. */
    public JsonNode at(String pointer) {
      return json().at(pointer);
    }

    /** A text, found by a JSON pointer. */
    public String textAt(String pointer) {
      return at(pointer).asString();
    }

    public Answer is(int status) {
      if (status() != status) {
        throw new AssertionError(
            "the answer is %d and not %d: %s".formatted(status(), status, text));
      }
      return this;
    }
  }

  public Client with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Client(mvc, more);
  }

  public Client without(String header) {
    var fewer = new HashMap<>(headers);
    fewer.remove(header);
    return new Client(mvc, fewer);
  }

  public Client within(String organizationId) {
    return with("X-Organization-Id", organizationId);
  }

  public Client once(String key) {
    return with("Idempotency-Key", key);
  }

  public Answer get(String path) {
    return without("Content-Type").send("GET", path, new byte[0]);
  }

  public Answer delete(String path) {
    return without("Content-Type").send("DELETE", path, new byte[0]);
  }

  /**
   * @param body JSON, in which single quotes stand for double ones and {@code %s} for the values
   */
  public Answer post(String path, String body, Object... values) {
    return send("POST", path, bytes(body, values));
  }

  /** As {@link #post}. */
  public Answer put(String path, String body, Object... values) {
    return send("PUT", path, bytes(body, values));
  }

  /** As {@link #post}. */
  public Answer patch(String path, String body, Object... values) {
    return send("PATCH", path, bytes(body, values));
  }

  private static byte[] bytes(String body, Object... values) {
    var filled = body.replace('\'', '"');
    for (var value : values) {
      filled = filled.replaceFirst("%s", Matcher.quoteReplacement(value.toString()));
    }
    return filled.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param path as it stands in the request line, encoded
   */
  public Answer send(String method, String path, byte[] body) {
    var request = request(HttpMethod.valueOf(method), URI.create(path)).content(body);
    return send(request);
  }

  /**
   * Asks for a path and a query that no client would write.
   *
   * @param query nothing when it is null
   */
  public Answer getAsWritten(String path, @Nullable String query) {
    return send(
        request(HttpMethod.GET, "/")
            .with(request -> {
              request.setRequestURI(path);
              request.setQueryString(query);
              return request;
            }));
  }

  private Answer send(MockHttpServletRequestBuilder request) {
    headers.forEach(request::header);
    try {
      var result = mvc.perform(request).andReturn();
      var response = result.getResponse();
      var answer = new Answer(response, response.getContentAsString(StandardCharsets.UTF_8));
      checkIsDocumented(result.getRequest(), answer);
      return answer;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void checkIsDocumented(MockHttpServletRequest request, Answer answer) {
    if (!String.valueOf(request.getMethod()).equals("OPTIONS")) {
      Document.SERVED.check(
          String.valueOf(request.getMethod()),
          String.valueOf(request.getRequestURI()),
          answer.status(),
          answer.contentType(),
          answer.text());
    }
  }
}
