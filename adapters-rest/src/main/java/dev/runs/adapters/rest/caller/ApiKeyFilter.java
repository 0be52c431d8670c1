package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Problems;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.adapters.rest.rate.ClientAddress;
import dev.runs.adapters.rest.rate.RefusedKeys;
import dev.runs.adapters.rest.request.FilterOrder;
import dev.runs.application.access.IdentifyCaller;
import dev.runs.domain.access.Access;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;

/**
 * Lets nobody in without a key that is known, but for a few open paths; and nobody with a wrong
 * key, there neither. What is let in has its {@link Access} in the attribute {@link #ACCESS}. The
 * body is not read here.
 */
@Order(FilterOrder.API_KEY)
public final class ApiKeyFilter extends HttpFilter {

  /** The attribute of the request that holds what the caller has been let in for. */
  public static final String ACCESS = "dev.runs.access";

  private static final Set<String> OPEN =
      Set.of("/health", "/healthz", "/readyz", "/v1/openapi.json", "/openapi.json", "/docs");

  /** Pages and what they are made of; nothing that a server or a framework could read otherwise. */
  private static final Pattern OPEN_ASSETS =
      Pattern.compile(
          "/(?:docs|webjars)/(?:[a-z0-9_@+-][a-z0-9_@+.-]*/)*(?:[a-z0-9_@+-][a-z0-9_@+.-]*)?");

  /** What people see in a browser after signing in; keys count for nothing there. */
  private static final Pattern PAGES =
      Pattern.compile(
          "/|/(?:sign-in|sign-out|account|assets)(?:/[a-z0-9_-][a-z0-9_.-]*)*/?"
              // with what ids and kinds are made of, but nothing that could mean another path
              + "|/console(?:/(?!\\.)(?:[A-Za-z0-9_.~:@-]|%(?!2[EeFf]|5[Cc]|00)[0-9A-Fa-f]{2})+)*/?");

  private final transient IdentifyCaller identifyCaller;
  private final transient RefusedKeys refusedKeys;
  private final transient NotedRefusals refusals;

  public ApiKeyFilter(
      IdentifyCaller identifyCaller, RefusedKeys refusedKeys, NotedRefusals refusals) {
    this.identifyCaller = identifyCaller;
    this.refusedKeys = refusedKeys;
    this.refusals = refusals;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var key = PresentedKey.of(request);
    if (request.getAttribute(ACCESS) != null
        || isPage(request)
        || (key.isEmpty() && isOpen(request))) {
      chain.doFilter(request, response);
      return;
    }
    var keyless = key.isEmpty() ? OtherSurface.of(request).flatMap(OtherSurface::keyless) : none();
    if (keyless.isPresent()) {
      letIn(keyless.get(), request, response, chain);
      return;
    }
    var address = ClientAddress.of(request).group();
    var heldUp = key.flatMap(text -> refusedKeys.heldUp(address, text));
    if (heldUp.isPresent()) {
      heldUp.get().show(request, response);
      Problems.write(request, response, heldUp.get().problem());
      return;
    }
    Optional<Access> access;
    try {
      access = key.flatMap(identifyCaller::access);
    } catch (RuntimeException e) {
      if (isOpen(request)) {
        // such as the health, which has to say that the database is down
        chain.doFilter(request, response);
        return;
      }
      Problems.write(request, response, Problems.of(e));
      return;
    }
    if (access.isPresent()) {
      key.ifPresent(refusedKeys::noteAccepted);
      letIn(access.get(), request, response, chain);
    } else {
      key.flatMap(text -> refusedKeys.noteRefused(address, text))
          .ifPresent(standing -> standing.show(request, response));
      Problems.write(request, response, unauthorized());
      key.ifPresent(text -> refusals.noteUnknownKey(request, text));
    }
  }

  private void letIn(
      Access access, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(ACCESS, access);
    chain.doFilter(request, response);
    refusals.noteIfForbidden(request, response, access);
  }

  private static Optional<Access> none() {
    return Optional.empty();
  }

  /** Whether a path is one of the pages that want a session instead of a key, as it is written. */
  public static boolean isPage(HttpServletRequest request) {
    return PAGES
        .matcher(request.getRequestURI().substring(request.getContextPath().length()))
        .matches();
  }

  /** Whether a path needs no key; in whatever case, with or without a slash at its end. */
  public static boolean isOpen(HttpServletRequest request) {
    var path =
        request
            .getRequestURI()
            .substring(request.getContextPath().length())
            .toLowerCase(Locale.ROOT);
    var withoutSlash = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return OPEN.contains(withoutSlash) || OPEN_ASSETS.matcher(path).matches();
  }

  /** The header in which a request shows its key; nothing when it shows none. */
  public static Optional<String> headerOfKey(HttpServletRequest request) {
    return PresentedKey.header(request);
  }

  private static Problem unauthorized() {
    return Problem.of(Refusal.UNAUTHORIZED, "Unauthorized")
        .withHeader("WWW-Authenticate", "Bearer, ApiKey header=\"X-API-Key\"");
  }
}
