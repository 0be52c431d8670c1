package dev.runs.adapters.web.frame;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows an error page in the place of one that failed while it was drawn, which happens behind the
 * controllers and their refusals. Pages are sent whole, so nothing of it has been sent yet.
 */
@Component
final class BrokenPages extends OncePerRequestFilter {

  /** The attribute of a request that holds what went wrong. */
  static final String FAILURE = "dev.runs.broken";

  /** Where there is no page, so that nobody else answers. */
  static final String ADDRESS = "/console/broken";

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/console");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException e) {
      if (response.isCommitted()) {
        throw e;
      }
      response.resetBuffer();
      request.setAttribute(FAILURE, e);
      request.getRequestDispatcher(ADDRESS).forward(request, response);
    }
  }
}
