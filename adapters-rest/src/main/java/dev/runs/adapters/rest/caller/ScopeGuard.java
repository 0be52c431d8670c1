package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a caller through to a route when its key has the scope that the route declares. */
@Component
public final class ScopeGuard implements HandlerInterceptor {

  private static final String OURS = "dev.runs.adapters.rest.";

  /** Before the body is read. */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod route && isOurs(route)) {
      needed(route).ifPresent(scope -> require(request, scope));
    }
    return true;
  }

  /** Whether a route belongs to this surface. */
  public static boolean isOurs(HandlerMethod route) {
    return route.getBeanType().getName().startsWith(OURS);
  }

  /**
   * The scope that a route needs; nothing when it is {@link Free}.
   *
   * @throws IllegalStateException when it declares neither
   */
  public static Optional<Scope> needed(HandlerMethod route) {
    var needs = declared(route, Needs.class);
    if (needs == null && declared(route, Free.class) == null) {
      throw new IllegalStateException(route + " declares no scope");
    }
    return Optional.ofNullable(needs).map(Needs::value);
  }

  private static <T extends Annotation> @Nullable T declared(HandlerMethod route, Class<T> type) {
    var own = route.getMethodAnnotation(type);
    return own == null
        ? AnnotatedElementUtils.findMergedAnnotation(route.getBeanType(), type)
        : own;
  }

  private static void require(HttpServletRequest request, Scope scope) {
    if (!(request.getAttribute(ApiKeyFilter.ACCESS) instanceof Access access)) {
      throw new IllegalStateException("the request came past the filter that asks for a key");
    }
    if (!access.scopes().allow(scope)) {
      throw new RequestRefused(
          Problem.of(
                  Refusal.SCOPE_MISSING,
                  "The key does not have the scope " + scope.wireName() + ", which this needs")
              .with("requiredScope", scope.wireName()));
    }
  }
}
