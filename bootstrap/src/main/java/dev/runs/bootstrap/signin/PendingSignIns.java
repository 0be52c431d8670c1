package dev.runs.bootstrap.signin;

import dev.runs.adapters.web.access.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * What is remembered of somebody while they are at the provider: three random words, kept by their
 * own browser, so that they may come back to another node. Everything else is known anyway.
 */
final class PendingSignIns implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  private static final String NAME = "runs_provider";
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final AuthorizationRequests requests;
  private final Cookies cookies;

  PendingSignIns(AuthorizationRequests requests, Cookies cookies) {
    this.requests = requests;
    this.cookies = cookies;
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    return cookies
        .read(request, NAME)
        .map(value -> value.split("\\.", -1))
        .filter(words -> words.length == 3 && words[0].equals(request.getParameter("state")))
        .map(words -> remembered(request, words))
        .orElse(null);
  }

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest pending,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (pending == null) {
      cookies.remove(request, response, NAME);
      return;
    }
    String nonce = pending.getAttribute(OidcParameterNames.NONCE);
    String verifier = pending.getAttribute(PkceParameterNames.CODE_VERIFIER);
    var words = pending.getState() + "." + nonce + "." + verifier;
    cookies.write(request, response, NAME, words, LONGEST);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    var pending = loadAuthorizationRequest(request);
    cookies.remove(request, response, NAME);
    return pending;
  }

  private @Nullable OAuth2AuthorizationRequest remembered(
      HttpServletRequest request, String[] words) {
    var fresh = requests.resolve(request, IdentityProvider.NAME);
    return fresh == null
        ? null
        : OAuth2AuthorizationRequest.from(fresh)
            .state(words[0])
            .attributes(attributes -> {
              attributes.put(OidcParameterNames.NONCE, words[1]);
              attributes.put(PkceParameterNames.CODE_VERIFIER, words[2]);
            })
            .build();
  }
}
