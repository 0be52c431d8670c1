package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.request.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Lets every line that is logged for a request carry the run that its path names. */
@Component
public final class NamedRun implements HandlerInterceptor {

  private static final Pattern RUNS = Pattern.compile("(?:/api)?/v1/runs/\\{id.*");

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route
        && RUNS.matcher(route).matches()
        && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables
        && variables.get("id") instanceof String id) {
      UuidText.read(id).ifPresent(run -> MDC.put(AccessLogFilter.RUN, run.toString()));
    }
    return true;
  }
}
