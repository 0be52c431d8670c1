package dev.runs.bootstrap.signin;

import dev.runs.bootstrap.settings.Settings;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * The provider of the configuration. It is asked about itself when somebody first signs in, so that
 * the service starts without it, and again after it was away.
 */
final class IdentityProvider implements ClientRegistrationRepository {

  static final String NAME = "oidc";

  /** Where the provider sends people back to. */
  static final String CALLBACK = "/sign-in/callback/" + NAME;

  private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);

  private final Settings.Oidc oidc;
  private final String redirectUri;
  private final AtomicReference<@Nullable ClientRegistration> known = new AtomicReference<>();

  IdentityProvider(Settings.Oidc oidc, @Nullable URI publicUrl) {
    this.oidc = oidc;
    var base = publicUrl == null ? "{baseUrl}" : publicUrl.toString().replaceFirst("/+$", "");
    this.redirectUri = base + CALLBACK;
  }

  /** Finds nothing while the provider cannot be reached. */
  @Override
  public @Nullable ClientRegistration findByRegistrationId(String registrationId) {
    if (!registrationId.equals(NAME)) {
      return null;
    }
    var found = known.get();
    if (found != null) {
      return found;
    }
    try {
      var asked = asked();
      known.set(asked);
      return asked;
    } catch (RuntimeException e) {
      LOG.warn("The identity provider {} does not say who it is: {}", oidc.issuer(), e.toString());
      return null;
    }
  }

  private ClientRegistration asked() {
    var builder =
        ClientRegistrations.fromOidcIssuerLocation(oidc.issuer())
            .registrationId(NAME)
            .clientId(oidc.clientId())
            .scope(oidc.scopes())
            .redirectUri(redirectUri);
    var secret = oidc.clientSecret();
    return secret == null
        ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
        : builder.clientSecret(secret.value()).build();
  }
}
