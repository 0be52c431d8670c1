package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.Problems;
import dev.runs.adapters.rest.rate.AddressBlock;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.ClientAddress;
import dev.runs.adapters.rest.rate.RateLimits;
import dev.runs.adapters.rest.request.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.annotation.Order;

/** Finds out where a request comes from, and lets no address ask too often. */
@Order(FilterOrder.ADDRESS)
public final class AddressFilter extends HttpFilter {

  private final transient RateLimits limits;
  private final transient List<AddressBlock> trustedProxies;

  /**
   * @param trustedProxies whose word counts about where a request comes from
   */
  public AddressFilter(RateLimits limits, List<AddressBlock> trustedProxies) {
    this.limits = limits;
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var address = ClientAddress.find(request, trustedProxies);
    if (ApiKeyFilter.isOpen(request)) {
      chain.doFilter(request, response);
      return;
    }
    var standing = limits.take(Budget.ADDRESS, address.group());
    standing.ifPresent(shown -> shown.show(request, response));
    if (standing.isPresent() && !standing.get().isGranted()) {
      Problems.write(request, response, standing.get().problem());
    } else {
      chain.doFilter(request, response);
    }
  }
}
