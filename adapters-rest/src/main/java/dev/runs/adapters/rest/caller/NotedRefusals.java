package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.Problems;
import dev.runs.application.audit.NoteRefusal;
import dev.runs.domain.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Has those refusals noted that are about who asks, after they are answered. A route is noted as it
 * is declared; of a path that leads to none, or was not looked up yet, only as much as cannot hold
 * what a client wrote there by mistake.
 */
@Component
public final class NotedRefusals {

  private static final Logger LOG = LoggerFactory.getLogger(NotedRefusals.class);

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Two short words in lower case; no key looks like that. */
  private static final Pattern BEGIN_OF_PATH =
      Pattern.compile("(/[a-z][a-z0-9]{0,9}(?:/[a-z][a-z-]{0,19})?)(?:[/:].*)?");

  /** What a declared route says of the form of a variable, as in {@code {id:[^:]+}}. */
  private static final Pattern FORM_OF_VARIABLE = Pattern.compile("(?<=\\{\\w{1,30}):[^}]+(?=})");

  private static final String OTHER = "(other)";

  private final NoteRefusal noteRefusal;

  NotedRefusals(NoteRefusal noteRefusal) {
    this.noteRefusal = noteRefusal;
  }

  /** A request of somebody known has been answered. */
  void noteIfForbidden(HttpServletRequest request, HttpServletResponse response, Access access) {
    if (response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
      note(() ->
          noteRefusal.ofCaller(access, Callers.origin(request), route(request), code(request)));
    }
  }

  /** A key has not been accepted. */
  void noteUnknownKey(HttpServletRequest request, String key) {
    note(() -> noteRefusal.ofKey(key, Callers.origin(request), route(request), code(request)));
  }

  /** The client has its answer; that it could not be noted is for the operator. */
  private static void note(Runnable noting) {
    try {
      noting.run();
    } catch (RuntimeException e) {
      LOG.error("A refusal could not be written to the audit log", e);
    }
  }

  private static String code(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(Problems.CODE));
  }

  private static String route(HttpServletRequest request) {
    var method = METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER;
    return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
            instanceof String declared
        ? method + " " + FORM_OF_VARIABLE.matcher(declared).replaceAll("")
        : method + " " + begin(request.getRequestURI());
  }

  private static String begin(String path) {
    var begin = BEGIN_OF_PATH.matcher(path);
    return begin.matches() ? begin.group(1) : OTHER;
  }
}
