package dev.runs.adapters.rest.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * The key that a request shows. Of several headers the first that is not empty counts, so that a
 * wrong key is never saved by a right one behind it. <em>Source: the hosted suites, whose clients
 * send any of these.</em>
 */
final class PresentedKey {

  /** In the order in which they count. */
  static final List<String> HEADERS =
      List.of("X-API-Key", "x-api-token", "x-lamdis-api-token", "Authorization");

  private static final String SCHEME = "Bearer ";

  private PresentedKey() {}

  static Optional<String> of(HttpServletRequest request) {
    for (var header : HEADERS) {
      var value = request.getHeader(header);
      if (value != null && !value.isBlank()) {
        return Optional.of(withoutScheme(value.strip()));
      }
    }
    return Optional.empty();
  }

  private static String withoutScheme(String value) {
    return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? value.substring(SCHEME.length()).strip()
        : value;
  }
}
