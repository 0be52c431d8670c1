package dev.runs.adapters.rest.request;

import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Problems;
import dev.runs.adapters.rest.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;

/**
 * Writes the paths of this surface the one way the controllers know: without a slash at the end,
 * and with the colon of a verb as it is. Those of another surface stay as they are, if they are
 * well encoded.
 */
@Order(FilterOrder.PATH)
public final class PathFilter extends HttpFilter {

  private static final Pattern OURS =
      Pattern.compile(
          "/(?:(?:api/)?v1/.*|health|healthz|readyz|metrics|openapi\\.json)/?", Pattern.DOTALL);
  private static final Pattern MALFORMED = Pattern.compile("%(?!\\p{XDigit}{2})");
  private static final Pattern COLON = Pattern.compile("%3a", Pattern.CASE_INSENSITIVE);
  private static final String NUL = "%00";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = request.getRequestURI();
    if (!isOurs(request)) {
      chain.doFilter(request, response);
    } else if (MALFORMED.matcher(path).find() || path.contains(NUL)) {
      Problems.write(
          request, response, Problem.of(Refusal.MALFORMED_PATH, "The path is not well encoded"));
    } else if (OtherSurface.of(request).isPresent()) {
      chain.doFilter(request, response);
    } else {
      chain.doFilter(new Rewritten(request, rewritten(path)), response);
    }
  }

  /** Whether a path belongs to this surface. */
  public static boolean isOurs(HttpServletRequest request) {
    return OURS.matcher(request.getRequestURI().toLowerCase(Locale.ROOT)).matches();
  }

  private static String rewritten(String path) {
    var colons = COLON.matcher(path).replaceAll(":");
    return colons.endsWith("/") ? colons.substring(0, colons.length() - 1) : colons;
  }

  private static final class Rewritten extends HttpServletRequestWrapper {

    private final String path;

    private Rewritten(HttpServletRequest request, String path) {
      super(request);
      this.path = path;
    }

    @Override
    public String getRequestURI() {
      return path;
    }

    @Override
    public StringBuffer getRequestURL() {
      var url = super.getRequestURL();
      return url.replace(url.length() - super.getRequestURI().length(), url.length(), path);
    }

    @Override
    public String getServletPath() {
      var original = super.getServletPath();
      return original.length() > 1 && original.endsWith("/")
          ? original.substring(0, original.length() - 1)
          : original;
    }
  }
}
