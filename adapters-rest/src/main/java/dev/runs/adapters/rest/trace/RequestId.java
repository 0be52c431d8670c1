package dev.runs.adapters.rest.trace;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request is called in its answer, in the log and in the audit log: what its client calls
 * it, or else something random.
 */
public final class RequestId {

  /** The header that holds it, in requests and in answers. */
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = "dev.runs.request-id";

  /** Nothing that could forge a line of a log. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The same for as long as the request lasts. */
  public static String of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    var id = of(request.getHeader(HEADER));
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  /**
   * What the client calls its request, or else something random.
   *
   * @param given the header of the request
   */
  public static String of(@Nullable String given) {
    return Optional.ofNullable(given)
        .filter(its -> FORM.matcher(its).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
