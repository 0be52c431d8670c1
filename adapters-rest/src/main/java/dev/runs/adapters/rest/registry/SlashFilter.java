package dev.runs.adapters.rest.registry;

import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.request.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;

/**
 * Sends who writes a slash at the end of a path to the path without it. <em>Source: the pipeline
 * registry.</em>
 */
@Order(FilterOrder.REDIRECT)
public final class SlashFilter extends HttpFilter {

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = request.getRequestURI();
    if (path.endsWith("/")
        && OtherSurface.of(request).filter(RegistrySurface.class::isInstance).isPresent()) {
      var query = request.getQueryString();
      var end = path.length();
      while (path.charAt(end - 1) == '/') {
        end--;
      }
      response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
      response.setHeader("Location", path.substring(0, end) + (query == null ? "" : "?" + query));
      response.setContentLength(0);
    } else {
      chain.doFilter(request, response);
    }
  }
}
