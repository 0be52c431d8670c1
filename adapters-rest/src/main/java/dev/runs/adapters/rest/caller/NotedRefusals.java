package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.problem.Problems;
import dev.runs.application.audit.NoteRefusal;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Has those refusals noted that are about who asks, after they are answered. */
@Component
public final class NotedRefusals {

  private static final Logger LOG = LoggerFactory.getLogger(NotedRefusals.class);

  private final NoteRefusal noteRefusal;

  NotedRefusals(NoteRefusal noteRefusal) {
    this.noteRefusal = noteRefusal;
  }

  /** A request of somebody known has been answered. */
  void noteIfForbidden(HttpServletRequest request, HttpServletResponse response, Access access) {
    if (!isLoggedLater(request) && response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
      note(() ->
          noteRefusal.ofCaller(access, Callers.origin(request), Routes.of(request), code(request)));
    }
  }

  /**
   * Somebody known has been refused something on another surface.
   *
   * @param route as it is declared
   * @param code of the refusal
   */
  public void noteForbidden(Access access, Origin origin, String route, String code) {
    note(() -> noteRefusal.ofCaller(access, origin, route, code));
  }

  private static boolean isLoggedLater(HttpServletRequest request) {
    return OtherSurface.of(request).filter(other -> other.isLoggedLater(request)).isPresent();
  }

  /** A key has not been accepted. */
  void noteUnknownKey(HttpServletRequest request, String key) {
    note(() -> noteRefusal.ofKey(key, Callers.origin(request), Routes.of(request), code(request)));
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
}
