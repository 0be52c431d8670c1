package dev.runs.bootstrap.signin;

import dev.runs.adapters.web.access.SessionCookie;
import dev.runs.adapters.web.access.Visitors;
import dev.runs.application.access.ResolveSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/** Who a browser is known as, by our own sessions, which every node finds in the database. */
final class SessionContexts implements SecurityContextRepository {

  private final ResolveSession resolveSession;
  private final SessionCookie cookie;

  SessionContexts(ResolveSession resolveSession, SessionCookie cookie) {
    this.resolveSession = resolveSession;
    this.cookie = cookie;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface has no other method that must be there
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    var request = holder.getRequest();
    var context = SecurityContextHolder.createEmptyContext();
    cookie
        .read(request)
        .flatMap(resolveSession::resolve)
        .ifPresent(signedIn -> {
          request.setAttribute(Visitors.SIGNED_IN, signedIn);
          context.setAuthentication(new SignedInToken(signedIn));
        });
    return context;
  }

  /** Only who has just been let in gets a cookie; everything else is in the database already. */
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    var authentication = context.getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof Arrival arrival) {
      cookie.write(request, response, arrival.started().token());
    }
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return cookie.read(request).isPresent();
  }
}
