package dev.runs.adapters.web.access;

import dev.runs.application.access.SignedIn;
import dev.runs.domain.access.Origin;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Tells pages who looks at them. */
@Component
public final class Visitors implements HandlerMethodArgumentResolver {

  /** The attribute of the request that holds who is signed in. */
  public static final String SIGNED_IN = "dev.runs.signedIn";

  /** The attribute of the request that holds where it comes from. */
  public static final String ORIGIN = "dev.runs.visitor.origin";

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == SignedIn.class;
  }

  /** Who comes with a key and no session finds no pages. */
  @Override
  public SignedIn resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws NoResourceFoundException {
    var http = (HttpServletRequest) request.getNativeRequest();
    if (http.getAttribute(SIGNED_IN) instanceof SignedIn signedIn) {
      return signedIn;
    }
    throw new NoResourceFoundException(
        HttpMethod.valueOf(http.getMethod()), http.getRequestURI(), http.getRequestURI());
  }

  /**
   * Where a request for a page comes from.
   *
   * @throws IllegalStateException when nobody noted it before
   */
  public static Origin origin(HttpServletRequest request) {
    if (request.getAttribute(ORIGIN) instanceof Origin origin) {
      return origin;
    }
    throw new IllegalStateException("the request came past the filter that notes its origin");
  }
}
