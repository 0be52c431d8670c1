package dev.runs.adapters.rest.problem;

import dev.runs.domain.access.Access;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Another surface behind the same filters. Who comes in, and how often, is decided there in the
 * same way; how a refusal is told is its own.
 */
public interface OtherSurface {

  /** The attribute of a request that holds the surface it is for; set before the first filter. */
  String ATTRIBUTE = "dev.runs.surface";

  /** The route of the request as it is declared, for logs; nothing when there is none. */
  Optional<String> route();

  /** What is open here to who shows no key; nothing when a key is needed. */
  Optional<Access> keyless();

  /** Answers a request, of which nothing was answered yet. */
  void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException;

  /** Whether it reads bodies by its own measure instead of the one that holds here. */
  boolean isMeasuringBodies();

  /** Whether the surface logs the end of the request itself, for it ends after the filters have. */
  boolean isLoggedLater(HttpServletRequest request);

  /** The surface that a request is for; nothing when it is this one. */
  static Optional<OtherSurface> of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof OtherSurface other
        ? Optional.of(other)
        : Optional.empty();
  }
}
