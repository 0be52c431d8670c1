package dev.runs.bootstrap.signin;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * What people are sent to the provider with. Nothing while the provider cannot be reached: then the
 * page at that address answers, and says so.
 */
final class AuthorizationRequests implements OAuth2AuthorizationRequestResolver {

  /** Where somebody begins to sign in by the provider, after which comes its name. */
  private static final String BEGIN = "/sign-in/with";

  private final IdentityProvider provider;
  private final DefaultOAuth2AuthorizationRequestResolver resolver;

  AuthorizationRequests(IdentityProvider provider) {
    this.provider = provider;
    this.resolver = new DefaultOAuth2AuthorizationRequestResolver(provider, BEGIN);
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
    return request.getRequestURI().equals(BEGIN + "/" + IdentityProvider.NAME) && isThere()
        ? resolver.resolve(request)
        : null;
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String name) {
    return isThere() ? resolver.resolve(request, name) : null;
  }

  private boolean isThere() {
    return provider.findByRegistrationId(IdentityProvider.NAME) != null;
  }
}
