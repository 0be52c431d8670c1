package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.problem.Problems;
import dev.runs.adapters.rest.request.FilterOrder;
import dev.runs.adapters.rest.trace.RequestId;
import dev.runs.application.Caller;
import dev.runs.domain.access.Access;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;

/**
 * Gives each request its id, lets every line that is logged meanwhile carry it, and counts and logs
 * each request when it is answered: which route, how it went, how long it took and who asked. Never
 * what was sent, nor a path or a key as it was written.
 */
@Order(FilterOrder.ACCESS_LOG)
public final class AccessLogFilter extends HttpFilter {

  /** In lines of the log: the id of the request. */
  public static final String REQUEST = "requestId";

  /** In lines of the log: the organization in which the caller acts. */
  public static final String ORGANIZATION = "organizationId";

  /** In lines of the log: the run that the path names. */
  public static final String RUN = "runId";

  private static final Logger LOG = LoggerFactory.getLogger("dev.runs.access");

  private final transient RequestMeter meter;

  /**
   * @param meter is told of each request when it is answered
   */
  public AccessLogFilter(RequestMeter meter) {
    this.meter = meter;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var id = RequestId.of(request);
    response.setHeader(RequestId.HEADER, id);
    var begin = System.nanoTime();
    MDC.put(REQUEST, id);
    try {
      answer(request, response, chain);
    } finally {
      if (OtherSurface.of(request).filter(other -> other.isLoggedLater(request)).isEmpty()) {
        var nanos = System.nanoTime() - begin;
        meter.answered(
            Routes.method(request),
            Routes.declaredOrNone(request),
            response.getStatus(),
            Duration.ofNanos(nanos));
        log(request, response, nanos);
      }
      MDC.remove(REQUEST);
      MDC.remove(ORGANIZATION);
      MDC.remove(RUN);
    }
  }

  /**
   * Logs a request that the server refused before any filter saw it, so that only its id and the
   * status are known.
   */
  public static void logUnread(String id, int status) {
    try (var _ = MDC.putCloseable(REQUEST, id)) {
      LOG.atInfo().addKeyValue("route", "(unread)").addKeyValue("status", status).log("Answered");
    }
  }

  /**
   * Logs the end of a request that ended after the filters had.
   *
   * @param status of the answer, or the one it would have in HTTP
   */
  public static void logLater(String id, String route, int status, Duration took, String actor) {
    try (var _ = MDC.putCloseable(REQUEST, id)) {
      log(route, status, took.toNanos(), actor);
    }
  }

  /**
   * What nobody has caught is answered here, where its lines have the id; the server would log it
   * with the path as it was sent.
   */
  private static void answer(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException failure) {
      var problem = Problems.of(cause(failure));
      if (response.isCommitted()) {
        // a part of the answer is out; the server breaks it off, so that nobody takes it for all
        throw failure;
      }
      response.resetBuffer();
      Problems.write(request, response, problem);
    }
  }

  private static Throwable cause(Exception failure) {
    return failure instanceof ServletException wrapping && wrapping.getRootCause() != null
        ? wrapping.getRootCause()
        : failure;
  }

  private static void log(HttpServletRequest request, HttpServletResponse response, long nanos) {
    if (LOG.isInfoEnabled()) {
      log(Routes.of(request), response.getStatus(), nanos, actor(request));
    }
  }

  private static void log(String route, int status, long nanos, String actor) {
    LOG.atInfo()
        .addKeyValue("route", route)
        .addKeyValue("status", status)
        .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(nanos))
        .addKeyValue("actor", actor)
        .log("Answered");
  }

  private static String actor(HttpServletRequest request) {
    if (request.getAttribute(Callers.CALLER) instanceof Caller caller) {
      return caller.principal().value();
    }
    return request.getAttribute(ApiKeyFilter.ACCESS) instanceof Access access
        ? access.principal().value()
        : "anonymous";
  }
}
