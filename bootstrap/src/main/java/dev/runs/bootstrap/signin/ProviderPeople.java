package dev.runs.bootstrap.signin;

import dev.runs.adapters.web.access.SessionCookie;
import dev.runs.adapters.web.access.Visitors;
import dev.runs.application.access.ProviderIdentity;
import dev.runs.application.access.SignInByProvider;
import dev.runs.application.access.StartedSession;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Subject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Lets in for whom the provider vouches. */
final class ProviderPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

  private static final class LetIn extends DefaultOidcUser implements Arrival {

    private final transient StartedSession started;

    LetIn(OidcUser user, StartedSession started) {
      super(List.of(), user.getIdToken(), user.getUserInfo());
      this.started = started;
    }

    @Override
    public StartedSession started() {
      return started;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private final OidcUserService provider = new OidcUserService();
  private final SignInByProvider signIn;
  private final SessionCookie cookie;
  private final String groupsClaim;

  ProviderPeople(SignInByProvider signIn, SessionCookie cookie, String groupsClaim) {
    this.signIn = signIn;
    this.cookie = cookie;
    this.groupsClaim = groupsClaim;
  }

  @Override
  public OidcUser loadUser(OidcUserRequest asked) {
    var user = Objects.requireNonNull(provider.loadUser(asked));
    var request =
        ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    return identity(user)
        .flatMap(who -> signIn.signIn(who, cookie.read(request), Visitors.origin(request)))
        .map(started -> new LetIn(user, started))
        .orElseThrow(
            () -> new OAuth2AuthenticationException(new OAuth2Error("access_denied"), "refused"));
  }

  private Optional<ProviderIdentity> identity(OidcUser user) {
    var issuer = String.valueOf(user.getIssuer());
    return login(user)
        .map(login ->
            new ProviderIdentity(
                new Subject(issuer, Objects.requireNonNull(user.getSubject())),
                login,
                name(user, login),
                groups(user)));
  }

  /** The first of what the provider says that can be a login. */
  private static Optional<Login> login(OidcUser user) {
    return Stream.of(user.getPreferredUsername(), user.getEmail(), user.getSubject())
        .filter(Objects::nonNull)
        .flatMap(text -> Login.typed(text).stream())
        .findFirst();
  }

  private static DisplayName name(OidcUser user, Login login) {
    return Optional.ofNullable(user.getFullName())
        .flatMap(DisplayName::shortened)
        .orElseGet(() -> DisplayName.of(login));
  }

  private Set<String> groups(OidcUser user) {
    var claimed = user.getClaims().get(groupsClaim);
    var groups = new HashSet<String>();
    if (claimed instanceof Collection<?> several) {
      several.forEach(group -> groups.add(String.valueOf(group)));
    } else if (claimed != null) {
      groups.add(claimed.toString());
    }
    return groups;
  }
}
