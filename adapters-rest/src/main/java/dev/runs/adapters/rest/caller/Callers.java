package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Rejections;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.rate.ClientAddress;
import dev.runs.adapters.rest.request.UuidText;
import dev.runs.adapters.rest.trace.RequestId;
import dev.runs.application.Caller;
import dev.runs.application.access.IdentifyCaller;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Tells controllers who makes a request, and in which organization. */
@Component
public final class Callers implements HandlerMethodArgumentResolver {

  /** The header in which a caller names the organization it acts in. */
  public static final String ORGANIZATION = "X-Organization-Id";

  /** The attribute of the request that holds who makes it, once somebody has asked. */
  static final String CALLER = "dev.runs.caller";

  /** The attribute of the request that holds where it comes from. */
  public static final String ORIGIN = "dev.runs.origin";

  private final IdentifyCaller identifyCaller;

  Callers(IdentifyCaller identifyCaller) {
    this.identifyCaller = identifyCaller;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class;
  }

  @Override
  public Caller resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return caller((HttpServletRequest) request.getNativeRequest());
  }

  /**
   * @throws RequestRefused when the header names no organization
   * @throws IllegalStateException when nobody asked for a key before
   */
  public Caller caller(HttpServletRequest request) {
    if (!(request.getAttribute(ApiKeyFilter.ACCESS) instanceof Access access)) {
      throw new IllegalStateException("the request came past the filter that asks for a key");
    }
    var organization = namedOrganization(request);
    try {
      var caller = identifyCaller.caller(access, organization, origin(request));
      request.setAttribute(CALLER, caller);
      MDC.put(AccessLogFilter.ORGANIZATION, caller.organization().toString());
      return caller;
    } catch (AccessRejected.OrganizationNotFound e) {
      throw organization.isEmpty()
          ? e
          : new RequestRefused(
              Rejections.problem(e)
                  .withErrors(List.of(new FieldError(place(), e.code(), e.sentence()))));
    }
  }

  /** Where a request comes from; the same for as long as it lasts. */
  public static Origin origin(HttpServletRequest request) {
    if (request.getAttribute(ORIGIN) instanceof Origin known) {
      return known;
    }
    var origin = new Origin(RequestId.of(request), ClientAddress.of(request).text());
    request.setAttribute(ORIGIN, origin);
    return origin;
  }

  /**
   * The organization that is meant where a body or a query names none: the one in the header, or
   * the one to which the key is bound. A platform key has none of its own.
   *
   * @param header what stands in {@link #ORGANIZATION}; empty when it is missing
   */
  public static Optional<OrganizationId> usualOrganization(Caller caller, String header) {
    return header.isEmpty() ? caller.ownOrganization() : Optional.of(caller.organization());
  }

  /** The organization that the header names; nothing when there is no such header. */
  public static Optional<OrganizationId> namedOrganization(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(ORGANIZATION))
        .filter(text -> !text.isEmpty())
        .map(text ->
            UuidText.read(text)
                .map(OrganizationId::new)
                .orElseThrow(() ->
                    new RequestRefused(
                        Problem.invalid(
                            FieldError.invalid(place(), ORGANIZATION + " must be a UUID")))));
  }

  private static Place place() {
    return new Place.Header(ORGANIZATION);
  }
}
