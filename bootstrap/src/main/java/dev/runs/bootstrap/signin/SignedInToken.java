package dev.runs.bootstrap.signin;

import dev.runs.application.access.SignedIn;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Somebody who is signed in, for Spring Security. */
final class SignedInToken extends AbstractAuthenticationToken {

  /** What who may see pages has: nobody whose password is still the one-time one. */
  static final String SETTLED = "SETTLED";

  private final transient SignedIn signedIn;

  SignedInToken(SignedIn signedIn) {
    super(
        signedIn.person().mustChangePassword()
            ? List.of()
            : List.of(new SimpleGrantedAuthority(SETTLED)));
    this.signedIn = signedIn;
    setAuthenticated(true);
  }

  @Override
  public SignedIn getPrincipal() {
    return signedIn;
  }

  @Override
  public String getCredentials() {
    return "";
  }
}
