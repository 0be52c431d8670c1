package dev.runs.bootstrap.endtoend;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** An OpenID Connect provider that knows Ada and Ben, who have the same password. */
final class Provider implements AutoCloseable {

  static final String PASSWORD = "pass";
  static final String CLIENT = "runs";
  static final String SECRET = "the-secret-of-the-client";

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private final String issuer;
  private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();
  private final Clients clients = new Clients();
  private final ConfigurableApplicationContext context;

  Provider() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    this.issuer = "http://127.0.0.1:" + port;
    this.context =
        new SpringApplicationBuilder(Application.class)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .properties(
                Map.of(
                    "server.address",
                    "127.0.0.1",
                    "server.port",
                    port,
                    "spring.thymeleaf.check-template-location",
                    false))
            .initializers(beans -> register((GenericApplicationContext) beans))
            .run();
  }

  String issuer() {
    return issuer;
  }

  void putInto(String person, String... names) {
    groups.put(person, Set.of(names));
  }

  /** Where people may be sent back to. */
  void serve(URI server) {
    clients.only.set(
        RegisteredClient.withId(CLIENT)
            .clientId(CLIENT)
            .clientSecret("{noop}" + SECRET)
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri(server.resolve("/sign-in/callback/oidc").toString())
            .scope(OidcScopes.OPENID)
            .scope(OidcScopes.PROFILE)
            .scope(OidcScopes.EMAIL)
            .build());
  }

  @Override
  public void close() {
    context.close();
  }

  private void register(GenericApplicationContext beans) {
    beans.registerBean(
        AuthorizationServerSettings.class,
        () -> AuthorizationServerSettings.builder().issuer(issuer).build());
    beans.registerBean(RegisteredClientRepository.class, () -> clients);
    beans.registerBean(
        UserDetailsService.class,
        () ->
            new InMemoryUserDetailsManager(
                User.withUsername("ada").password("{noop}" + PASSWORD).authorities("p").build(),
                User.withUsername("ben").password("{noop}" + PASSWORD).authorities("p").build()));
    beans.registerBean(Claims.class, () -> new Claims(groups));
  }

  /** What the provider says of a person beside who they are. */
  private record Claims(Map<String, Set<String>> groups)
      implements OAuth2TokenCustomizer<JwtEncodingContext> {

    @Override
    public void customize(JwtEncodingContext context) {
      var person = Objects.requireNonNull(context.<Authentication>getPrincipal()).getName();
      context
          .getClaims()
          .claim("preferred_username", person)
          .claim("groups", groups.getOrDefault(person, Set.of()));
    }
  }

  private static final class Clients implements RegisteredClientRepository {

    private final AtomicReference<@Nullable RegisteredClient> only = new AtomicReference<>();

    @Override
    public void save(RegisteredClient client) {
      only.set(client);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
      return Objects.equals(id, CLIENT) ? only.get() : null;
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String id) {
      return findById(id);
    }
  }
}
