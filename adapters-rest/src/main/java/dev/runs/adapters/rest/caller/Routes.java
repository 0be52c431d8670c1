package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.OtherSurface;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells which route a request took, for logs. A route is told as it is declared; of a path that
 * leads to none, or was not looked up yet, only as much as cannot hold what a client wrote there by
 * mistake.
 */
final class Routes {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Two short words in lower case; no key looks like that. */
  private static final Pattern BEGIN_OF_PATH =
      Pattern.compile("(/[a-z][a-z0-9]{0,9}(?:/[a-z][a-z-]{0,19})?)(?:[/:].*)?");

  /** What a declared route says of the form of a variable, as in {@code {id:[^:]+}}. */
  private static final Pattern FORM_OF_VARIABLE = Pattern.compile("(?<=\\{\\w{1,30}):[^}]+(?=})");

  private static final String OTHER = "(other)";
  private static final String NONE = "(none)";

  private Routes() {}

  static String of(HttpServletRequest request) {
    return method(request)
        + " "
        + declared(request).orElseGet(() -> begin(request.getRequestURI()));
  }

  static String method(HttpServletRequest request) {
    return METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER;
  }

  /** The path of a route as it is declared; one word for all paths that lead to none. */
  static String declaredOrNone(HttpServletRequest request) {
    return declared(request).orElse(NONE);
  }

  private static Optional<String> declared(HttpServletRequest request) {
    var other = OtherSurface.of(request).flatMap(OtherSurface::route);
    if (other.isPresent()) {
      return other;
    }
    return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
            instanceof String declared
        ? Optional.of(FORM_OF_VARIABLE.matcher(declared).replaceAll(""))
        : Optional.empty();
  }

  private static String begin(String path) {
    var begin = BEGIN_OF_PATH.matcher(path);
    return begin.matches() ? begin.group(1) : OTHER;
  }
}
