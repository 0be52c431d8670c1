package dev.runs.adapters.rest.request;

import dev.runs.adapters.rest.json.Json;
import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.adapters.rest.problem.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body of a request: one JSON object, empty when there was none. */
public final class Body {

  private final byte[] raw;
  private final ObjectNode object;

  private Body(byte[] raw, ObjectNode object) {
    this.raw = raw;
    this.object = object;
  }

  /**
   * @throws RequestRefused when it is too large, or not JSON, or no object
   */
  public static Body read(HttpServletRequest request) {
    var raw = bytes(request);
    if ((raw.length > 0 || announcesBody(request)) && !isJson(request.getContentType())) {
      throw new RequestRefused(
          Problem.of(Refusal.UNSUPPORTED_MEDIA_TYPE, "The body must be " + Json.MEDIA_TYPE)
              .withHeader("Accept", Json.MEDIA_TYPE));
    }
    return new Body(raw, raw.length > 0 ? parsed(raw) : JsonNodeFactory.instance.objectNode());
  }

  /** A form may have been read already, by those who know forms. */
  private static boolean announcesBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** Adds the bytes of the body, as they were sent. */
  public void addTo(MessageDigest digest) {
    digest.update(raw);
  }

  public ObjectNode object() {
    return object;
  }

  private static byte[] bytes(HttpServletRequest request) {
    try {
      return request.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new RequestRefused(
          Problem.of(Refusal.UNREADABLE, "The body did not arrive as it was announced"));
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    try {
      var type = MediaType.parseMediaType(contentType);
      return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
          || type.getSubtype().endsWith("+json");
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static ObjectNode parsed(byte[] raw) {
    try {
      if (Json.read(raw) instanceof ObjectNode object) {
        return object;
      }
    } catch (MismatchedInputException e) {
      throw refused(Refusal.DUPLICATE_KEY, "The body has the same key twice", e);
    } catch (StreamConstraintsException e) {
      throw refused(
          Refusal.MALFORMED_JSON,
          "The body is nested too deeply, or a key, a number or a text in it is too long",
          e);
    } catch (JacksonException e) {
      throw refused(Refusal.MALFORMED_JSON, "The body is not well-formed JSON", e);
    }
    throw new RequestRefused(
        Problem.invalid(FieldError.invalid(Place.BODY, "The body must be a JSON object")));
  }

  /** Says where, and never what: a body may hold secrets. */
  private static RequestRefused refused(Refusal refusal, String what, JacksonException e) {
    return new RequestRefused(Problem.of(refusal, what + where(e.getLocation())));
  }

  private static String where(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }
}
