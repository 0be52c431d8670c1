package dev.runs.bootstrap;

import dev.runs.adapters.rest.caller.AccessLogFilter;
import dev.runs.adapters.rest.caller.ApiKeyFilter;
import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.caller.NotedRefusals;
import dev.runs.adapters.rest.caller.RequestMeter;
import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.RateLimits;
import dev.runs.adapters.rest.request.FilterOrder;
import dev.runs.adapters.rest.trace.RequestId;
import dev.runs.adapters.rpc.protocol.Admission;
import dev.runs.adapters.rpc.protocol.CallBudget;
import dev.runs.adapters.rpc.protocol.CallLog;
import dev.runs.adapters.rpc.protocol.Gatekeeper;
import dev.runs.adapters.rpc.protocol.RefusedCalls;
import dev.runs.adapters.rpc.protocol.RpcCode;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.protocol.RpcMethod;
import dev.runs.adapters.rpc.protocol.RpcServices;
import dev.runs.adapters.rpc.protocol.RpcServlet;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.settings.StartFailure;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The services of Flyte's clients and executors, behind the same filters as everything else: who
 * shows no key, or calls too often, is told so in the words of the protocol that is spoken.
 */
@Configuration(proxyBeanMethods = false)
class RpcSurface {

  /** Who calls without a key, where that is open. */
  private static final Principal ANONYMOUS = new Principal("anonymous");

  private static final String PACKAGES = "/flyteidl2.";

  /** The attribute of a request that has become a call. */
  private static final String CALL = "dev.runs.call";

  @Bean
  RpcServices rpcServices(Platform platform) {
    return new RpcServices(platform.rpcServices());
  }

  @Bean
  RpcServlet rpcServlet(
      RpcServices services,
      Settings settings,
      NotedRefusals refusals,
      RateLimits limits,
      RequestMeter meter) {
    return new RpcServlet(
        services,
        new Doorkeeper(limits),
        new Log(refusals, meter),
        settings.rpc().maxMessageBytes());
  }

  /** One mapping for each service; what is no service of ours is not found like everything else. */
  @Bean
  ServletRegistrationBean<RpcServlet> rpcCalls(RpcServlet servlet, RpcServices services) {
    var paths = services.names().stream().map(name -> "/" + name + "/*").toArray(String[]::new);
    var registration = new ServletRegistrationBean<>(servlet, paths);
    registration.setEnabled(paths.length > 0);
    registration.setAsyncSupported(true);
    return registration;
  }

  @Bean
  FilterRegistrationBean<HttpFilter> rpcFirst(
      RpcServices services, Settings settings, Platform platform) {
    var registration =
        new FilterRegistrationBean<HttpFilter>(new Surface(services, keyless(settings, platform)));
    registration.setOrder(FilterOrder.SURFACE);
    return registration;
  }

  /** Streams would go on for ever, so they are ended before the server waits for its answers. */
  @Bean
  SmartLifecycle rpcEnd(RpcServlet servlet) {
    return new SmartLifecycle() {
      private volatile boolean isRunning;

      @Override
      public void start() {
        isRunning = true;
      }

      @Override
      public void stop() {
        servlet.stopCalls();
        isRunning = false;
      }

      @Override
      public boolean isRunning() {
        return isRunning;
      }
    };
  }

  /**
   * What is open to who shows no key: to read and write runs of one organization, or nothing.
   *
   * @throws StartFailure when there is no such organization
   */
  private static Optional<Access> keyless(Settings settings, Platform platform) {
    return Optional.ofNullable(settings.rpc().anonymous())
        .map(name ->
            new Access(
                ANONYMOUS,
                Reach.within(OpenOrganization.find("runs.rpc.anonymous", name, platform)),
                Scopes.of(Scope.RUNS_READ, Scope.RUNS_WRITE),
                Optional.empty()));
  }

  /** A refusal of the filters, as a call fails with it. */
  private static RpcException failure(Problem problem) {
    var failure =
        new RpcException(code(problem.status()), problem.message()).withReason(problem.code());
    for (var header : problem.headers().entrySet()) {
      failure = failure.withMetadata(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    return failure;
  }

  private static RpcCode code(int status) {
    return switch (status) {
      case 401 -> RpcCode.UNAUTHENTICATED;
      case 403 -> RpcCode.PERMISSION_DENIED;
      case 404, 405, 501 -> RpcCode.UNIMPLEMENTED;
      case 413, 429 -> RpcCode.RESOURCE_EXHAUSTED;
      case 502, 503, 504 -> RpcCode.UNAVAILABLE;
      default -> status < 500 ? RpcCode.INVALID_ARGUMENT : RpcCode.INTERNAL;
    };
  }

  /** Knows what the filters have found out. */
  private record Doorkeeper(RateLimits limits) implements Gatekeeper {

    @Override
    public Admission admit(HttpServletRequest request) {
      if (!(request.getAttribute(ApiKeyFilter.ACCESS) instanceof Access access)) {
        throw new IllegalStateException("the request came past the filter that asks for a key");
      }
      try {
        return new Admission(access, Callers.origin(request), Callers.namedOrganization(request));
      } catch (RequestRefused refused) {
        throw failure(refused.problem());
      }
    }

    @Override
    public void take(Admission admission, CallBudget budget) {
      if (admission.access().reach() instanceof Reach.Everywhere) {
        return;
      }
      limits
          .take(counted(budget), admission.access().principal())
          .filter(standing -> !standing.isGranted())
          .ifPresent(standing -> {
            throw failure(standing.problem());
          });
    }

    private static Budget counted(CallBudget budget) {
      return switch (budget) {
        case NEW_RUNS -> Budget.NEW_RUNS;
        case CANCELLATIONS -> Budget.CANCELLATIONS;
      };
    }
  }

  /** Says of requests for calls that they are. */
  private static final class Surface extends HttpFilter {

    private final transient RpcServices services;
    private final transient Optional<Access> keyless;

    private Surface(RpcServices services, Optional<Access> keyless) {
      this.services = services;
      this.keyless = keyless;
    }

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      var path = request.getRequestURI();
      if (path.startsWith(PACKAGES)) {
        request.setAttribute(
            OtherSurface.ATTRIBUTE, new Calls(services.find(path).map(RpcMethod::path), keyless));
      }
      chain.doFilter(request, response);
    }
  }

  /**
   * The surface as one request sees it.
   *
   * @param route the call it is for; nothing when there is none
   */
  private record Calls(Optional<String> route, Optional<Access> keyless) implements OtherSurface {

    @Override
    public void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem)
        throws IOException {
      RefusedCalls.write(request, response, failure(problem));
    }

    @Override
    public boolean isMeasuringBodies() {
      return true;
    }

    @Override
    public boolean isLoggedLater(HttpServletRequest request) {
      return request.getAttribute(CALL) != null;
    }
  }

  /** Logs and measures calls like requests, and has those noted that were denied. */
  private record Log(NotedRefusals refusals, RequestMeter meter) implements CallLog {

    private static final int OK = 200;
    private static final String METHOD = "POST";

    @Override
    public String requestId(HttpServletRequest request) {
      return RequestId.of(request);
    }

    @Override
    public void begun(HttpServletRequest request) {
      request.setAttribute(CALL, true);
    }

    @Override
    public void ended(Entry entry) {
      var failure = entry.failure();
      var status = failure == null ? OK : failure.code().httpStatus();
      var route = METHOD + " " + entry.method().path();
      meter.answered(METHOD, entry.method().path(), status, entry.took());
      AccessLogFilter.logLater(
          entry.requestId(),
          route,
          status,
          entry.took(),
          entry.admission().map(by -> by.access().principal()).orElse(ANONYMOUS).value());
      if (failure != null && failure.code() == RpcCode.PERMISSION_DENIED) {
        entry
            .admission()
            .ifPresent(by ->
                refusals.noteForbidden(
                    by.access(),
                    by.origin(),
                    route,
                    failure.reason().isEmpty() ? failure.code().wireName() : failure.reason()));
      }
    }
  }
}
