package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.Problems;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.RateLimits;
import dev.runs.adapters.rest.rate.Standing;
import dev.runs.adapters.rest.request.FilterOrder;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Reach;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.annotation.Order;

/** Lets no key ask too often. */
@Order(FilterOrder.CALLER_LIMIT)
public final class CallerLimitFilter extends HttpFilter {

  private final transient RateLimits limits;

  public CallerLimitFilter(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var standing =
        request.getAttribute(ApiKeyFilter.ACCESS) instanceof Access access
            ? limits.take(
                isOfPlatform(access) ? Budget.PLATFORM_KEY : Budget.KEY, access.principal())
            : Optional.<Standing>empty();
    standing.ifPresent(shown -> shown.show(request, response));
    if (standing.isPresent() && !standing.get().isGranted()) {
      Problems.write(request, response, standing.get().problem());
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Whether somebody acts across organizations. */
  static boolean isOfPlatform(Access access) {
    return access.reach() instanceof Reach.Everywhere;
  }
}
