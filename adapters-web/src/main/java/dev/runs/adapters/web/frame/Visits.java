package dev.runs.adapters.web.frame;

import dev.runs.adapters.web.access.Visitors;
import dev.runs.application.access.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Tells the pages of the console who looks at them and where they act. */
@Component
public final class Visits implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Visit.class;
  }

  /**
   * @throws Homeless when whoever is signed in belongs to no organization
   */
  @Override
  public Visit resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return of((HttpServletRequest) request.getNativeRequest()).orElseThrow(Homeless::new);
  }

  /** The visit of a request; nothing when whoever is signed in belongs to no organization. */
  static Optional<Visit> of(HttpServletRequest request) {
    return request.getAttribute(Visitors.SIGNED_IN) instanceof SignedIn signedIn
        ? signedIn.caller(Visitors.origin(request)).map(caller -> new Visit(signedIn, caller))
        : Optional.empty();
  }

  /** Somebody who is signed in and belongs nowhere. */
  static final class Homeless extends RuntimeException {
    Homeless() {
      super("whoever is signed in belongs to no organization");
    }
  }
}
