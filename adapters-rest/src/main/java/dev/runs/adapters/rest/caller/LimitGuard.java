package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.RateLimits;
import dev.runs.adapters.rest.rate.Standing;
import dev.runs.domain.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets no key use those routes too often that are {@link Limited}. */
@Component
public final class LimitGuard implements HandlerInterceptor, HandlerMethodArgumentResolver {

  private static final String ALLOWANCE = "dev.runs.allowance";

  private final RateLimits limits;

  LimitGuard(RateLimits limits) {
    this.limits = limits;
  }

  /** Before the body is read. */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod route) {
      var limited = route.getMethodAnnotation(Limited.class);
      if (limited != null) {
        request.setAttribute(ALLOWANCE, takeFirst(request, response, limited.value()));
      }
    }
    return true;
  }

  /**
   * Takes one from a budget for what only some requests of a route do.
   *
   * @throws RequestRefused when it is used up
   */
  public void take(HttpServletRequest request, HttpServletResponse response, Budget budget) {
    takeFirst(request, response, budget);
  }

  private Allowance takeFirst(
      HttpServletRequest request, HttpServletResponse response, Budget budget) {
    var access = access(request);
    if (CallerLimitFilter.isOfPlatform(access)) {
      return _ -> {};
    }
    var allowance = new Counted(request, response, budget, access);
    allowance.take(0, 1);
    return allowance;
  }

  private static Access access(HttpServletRequest request) {
    if (request.getAttribute(ApiKeyFilter.ACCESS) instanceof Access access) {
      return access;
    }
    throw new IllegalStateException("the request came past the filter that asks for a key");
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Allowance.class;
  }

  /**
   * @throws IllegalStateException when the route declares no budget
   */
  @Override
  public Allowance resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    var request = (HttpServletRequest) web.getNativeRequest();
    if (request.getAttribute(ALLOWANCE) instanceof Allowance allowance) {
      return allowance;
    }
    throw new IllegalStateException(parameter.getMethod() + " declares no budget");
  }

  /** Of a key that is limited. */
  private final class Counted implements Allowance {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Budget budget;
    private final Access access;

    private Counted(
        HttpServletRequest request, HttpServletResponse response, Budget budget, Access access) {
      this.request = request;
      this.response = response;
      this.budget = budget;
      this.access = access;
    }

    @Override
    public void countAs(int count) {
      if (count > 1) {
        take(1, count - 1);
      }
    }

    private void take(int taken, int wanted) {
      limits
          .takeMore(budget, access.principal(), taken, wanted)
          .ifPresent(this::refuseUnlessGranted);
    }

    private void refuseUnlessGranted(Standing standing) {
      standing.show(request, response);
      if (!standing.isGranted()) {
        throw new RequestRefused(standing.problem());
      }
    }
  }
}
