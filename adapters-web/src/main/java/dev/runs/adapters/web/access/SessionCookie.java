package dev.runs.adapters.web.access;

import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.WebSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The cookie by which a browser is known. */
@Component
public final class SessionCookie {

  private static final String NAME = "runs_session";

  private final Cookies cookies;

  public SessionCookie(Cookies cookies) {
    this.cookies = cookies;
  }

  /** What the browser shows. */
  public Optional<SessionToken> read(HttpServletRequest request) {
    return cookies.read(request, NAME).map(SessionToken::new);
  }

  public void write(HttpServletRequest request, HttpServletResponse response, SessionToken token) {
    cookies.write(request, response, NAME, token.value(), WebSession.LONGEST);
  }

  public void remove(HttpServletRequest request, HttpServletResponse response) {
    cookies.remove(request, response, NAME);
  }
}
