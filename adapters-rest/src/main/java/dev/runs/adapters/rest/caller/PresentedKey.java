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
    return header(request).map(header -> withoutScheme(value(request, header)));
  }

  /** The header that holds it. */
  static Optional<String> header(HttpServletRequest request) {
    return HEADERS.stream().filter(header -> !value(request, header).isEmpty()).findFirst();
  }

  private static String value(HttpServletRequest request, String header) {
    return Optional.ofNullable(request.getHeader(header)).orElse("").strip();
  }

  private static String withoutScheme(String value) {
    return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? value.substring(SCHEME.length()).strip()
        : value;
  }
}
