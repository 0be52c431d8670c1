package dev.runs.adapters.rest.registry;

import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.request.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;

/** Says of requests below {@code /api/v1} that they are of the pipeline registry's clients. */
@Order(FilterOrder.SURFACE)
public final class RegistryFilter extends HttpFilter {

  private static final Pattern PATHS = Pattern.compile("/api/v1(?:/.*)?", Pattern.DOTALL);

  /** What may be read without a key, where that is open. */
  private static final Pattern OPEN =
      Pattern.compile("/api/v1/(?:runs|validations)(?:/.*)?", Pattern.DOTALL);

  private final transient AnonymousReads anonymousReads;

  public RegistryFilter(AnonymousReads anonymousReads) {
    this.anonymousReads = anonymousReads;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = request.getRequestURI().toLowerCase(Locale.ROOT);
    if (PATHS.matcher(path).matches()) {
      var isOpen = request.getMethod().equals("GET") && OPEN.matcher(path).matches();
      request.setAttribute(
          OtherSurface.ATTRIBUTE,
          new RegistrySurface(isOpen ? anonymousReads.access() : Optional.empty()));
    }
    chain.doFilter(request, response);
  }
}
