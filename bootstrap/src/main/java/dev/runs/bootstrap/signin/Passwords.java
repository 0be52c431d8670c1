package dev.runs.bootstrap.signin;

import dev.runs.adapters.rest.rate.AddressGroup;
import dev.runs.adapters.rest.rate.ClientAddress;
import dev.runs.adapters.rest.rate.RefusedKeys;
import dev.runs.adapters.web.access.SessionCookie;
import dev.runs.adapters.web.access.Visitors;
import dev.runs.application.access.SignIn;
import dev.runs.application.access.StartedSession;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.SessionToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Lets in by login and password. */
final class Passwords implements AuthenticationProvider {

  /**
   * What is known of the request beside login and password.
   *
   * @param before the session of the browser so far
   * @param address whose failures are counted
   */
  record Details(Optional<SessionToken> before, Origin origin, AddressGroup address) {

    static Details of(HttpServletRequest request, SessionCookie cookie) {
      return new Details(
          cookie.read(request), Visitors.origin(request), ClientAddress.of(request).group());
    }
  }

  private record LetIn(StartedSession started) implements Arrival {}

  private final SignIn signIn;
  private final RefusedKeys refused;

  Passwords(SignIn signIn, RefusedKeys refused) {
    this.signIn = signIn;
    this.refused = refused;
  }

  @Override
  public Authentication authenticate(Authentication typed) {
    if (!(typed.getDetails() instanceof Details(var before, var origin, var address))) {
      throw new IllegalStateException("a sign-in came in on no request");
    }
    if (refused.holdsUpPasswords(address)) {
      throw new BadCredentialsException("not looked at");
    }
    var password = String.valueOf(typed.getCredentials());
    return signIn
        .signIn(typed.getName(), password, before, origin)
        .map(started ->
            UsernamePasswordAuthenticationToken.authenticated(new LetIn(started), "", List.of()))
        .orElseThrow(() -> notLetIn(address));
  }

  private BadCredentialsException notLetIn(AddressGroup address) {
    refused.noteRefusedPassword(address);
    return new BadCredentialsException("not let in");
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
