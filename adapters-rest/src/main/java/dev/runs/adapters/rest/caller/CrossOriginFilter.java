package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.request.FilterOrder;
import dev.runs.adapters.rest.request.PathFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.annotation.Order;

/**
 * Lets pages of any origin call this surface. That gives nothing away: who calls shows a key, and a
 * browser sends none by itself. <em>Source: the cost tracker.</em>
 */
@Order(FilterOrder.CROSS_ORIGIN)
public final class CrossOriginFilter extends HttpFilter {

  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, HEAD";
  private static final String HEADERS =
      "Content-Type, X-API-Key, X-API-Token, X-Lamdis-API-Token, Authorization, X-Organization-Id,"
          + " Idempotency-Key, X-Request-Id, Connect-Protocol-Version, Connect-Timeout-Ms,"
          + " Grpc-Timeout, X-Grpc-Web, X-User-Agent, Last-Event-ID";
  private static final String EXPOSED =
      "Allow, Idempotency-Replayed, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset,"
          + " Retry-After, X-Request-Id, Grpc-Status, Grpc-Message, Grpc-Status-Details-Bin";
  private static final String A_DAY_IN_SECONDS = "86400";

  private final List<String> origins;

  /**
   * @param origins whose pages may read the answers; {@code *} is everybody, none is nobody
   */
  public CrossOriginFilter(List<String> origins) {
    this.origins = List.copyOf(origins);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var origin = request.getHeader("Origin");
    var isOurs = PathFilter.isOurs(request) || OtherSurface.of(request).isPresent();
    if (origin == null || !isAllowed(origin) || !isOurs) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", isAnybody() ? "*" : origin);
    if (!isAnybody()) {
      response.addHeader("Vary", "Origin");
    }
    response.setHeader("Access-Control-Expose-Headers", EXPOSED);
    if (isPreflight(request)) {
      response.setHeader("Access-Control-Allow-Methods", METHODS);
      response.setHeader("Access-Control-Allow-Headers", HEADERS);
      response.setHeader("Access-Control-Max-Age", A_DAY_IN_SECONDS);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean isAllowed(String origin) {
    return isAnybody() || origins.contains(origin);
  }

  private boolean isAnybody() {
    return origins.contains("*");
  }

  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Access-Control-Request-Method") != null;
  }
}
