package dev.runs.bootstrap.signin;

import dev.runs.adapters.rest.caller.ApiKeyFilter;
import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.rate.RefusedKeys;
import dev.runs.adapters.web.access.Cookies;
import dev.runs.adapters.web.access.SessionCookie;
import dev.runs.adapters.web.access.Visitors;
import dev.runs.application.access.ResolveSession;
import dev.runs.application.access.SignIn;
import dev.runs.application.access.SignInByProvider;
import dev.runs.application.access.SignOut;
import dev.runs.application.access.SignedIn;
import dev.runs.bootstrap.settings.Settings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may see pages. Keys count for nothing here, and sessions for nothing elsewhere, so that no
 * other site can make a browser use the API.
 */
@Configuration(proxyBeanMethods = false)
public class FrontDoor {

  /** From here alone, and no script at all. */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  /** The console has scripts, which are files of the server; none stands in a page. */
  private static final String CONSOLE_POLICY =
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final String CONSOLE = "/console";
  private static final String SIGN_IN = "/sign-in";
  private static final String SIGN_OUT = "/sign-out";
  private static final String PASSWORD = "/account/password";

  private static final AuthenticationEntryPoint SIGN_IN_PAGE =
      new LoginUrlAuthenticationEntryPoint(SIGN_IN);

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SecurityFilterChain pages(
      HttpSecurity http,
      SessionCookie cookie,
      Cookies cookies,
      ResolveSession resolveSession,
      SignIn signIn,
      RefusedKeys refusedKeys,
      SignOut signOut,
      SignInByProvider signInByProvider,
      Settings settings)
      throws Exception {
    http.securityMatcher(ApiKeyFilter::isPage)
        .addFilterBefore(FrontDoor::noteOrigin, SecurityContextHolderFilter.class)
        .cors(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .securityContext(context ->
            context.securityContextRepository(new SessionContexts(resolveSession, cookie)))
        .csrf(csrf -> csrf.csrfTokenRepository(forgeryTokens(cookies)))
        .headers(headers ->
            headers
                .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(FrontDoor::keepNothing)
                .addHeaderWriter(FrontDoor::allowWhatThePageIsMadeOf)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
        .authenticationProvider(new Passwords(signIn, refusedKeys))
        .formLogin(form ->
            form.loginPage(SIGN_IN)
                .loginProcessingUrl(SIGN_IN)
                .usernameParameter("login")
                .passwordParameter("password")
                .authenticationDetailsSource(request -> Passwords.Details.of(request, cookie))
                .failureHandler(sendingTo(SIGN_IN + "?failed"))
                .defaultSuccessUrl(CONSOLE, true))
        .logout(logout ->
            logout
                .logoutUrl(SIGN_OUT)
                .addLogoutHandler(
                    (request, response, who) -> leave(signOut, cookie, request, response, who))
                .logoutSuccessUrl(SIGN_IN + "?signed-out"))
        .exceptionHandling(refused ->
            refused
                .authenticationEntryPoint(FrontDoor::leadToSignIn)
                .accessDeniedHandler(FrontDoor::turnAway))
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(SIGN_IN, SIGN_IN + "/**", "/assets/**")
                .permitAll()
                .requestMatchers(PASSWORD, SIGN_OUT)
                .authenticated()
                .anyRequest()
                .hasAuthority(SignedInToken.SETTLED));
    var oidc = settings.oidc();
    if (oidc != null) {
      var provider = new IdentityProvider(oidc, settings.server().publicUrl());
      letInByProvider(
          http,
          provider,
          new ProviderPeople(signInByProvider, cookie, oidc.groupsClaim()),
          cookies);
    }
    return http.build();
  }

  private static void letInByProvider(
      HttpSecurity http, IdentityProvider provider, ProviderPeople people, Cookies cookies)
      throws Exception {
    var requests = new AuthorizationRequests(provider);
    http.oauth2Login(login ->
        login
            .loginPage(SIGN_IN)
            .clientRegistrationRepository(provider)
            .authorizedClientRepository(new NoClients())
            .authorizationEndpoint(endpoint ->
                endpoint
                    .authorizationRequestResolver(requests)
                    .authorizationRequestRepository(new PendingSignIns(requests, cookies)))
            .redirectionEndpoint(endpoint -> endpoint.baseUri(IdentityProvider.CALLBACK))
            .userInfoEndpoint(endpoint -> endpoint.oidcUserService(people))
            .failureHandler(sendingTo(SIGN_IN + "?refused"))
            .defaultSuccessUrl(CONSOLE, true));
  }

  /** What was wrong is not kept in a session, for there is none. */
  private static AuthenticationFailureHandler sendingTo(String page) {
    var handler = new SimpleUrlAuthenticationFailureHandler(page);
    handler.setAllowSessionCreation(false);
    return handler;
  }

  /** Kept in a cookie, so that who is not signed in needs no session. */
  private static CookieCsrfTokenRepository forgeryTokens(Cookies cookies) {
    var tokens = new CookieCsrfTokenRepository();
    tokens.setCookieName(Cookies.name("runs_form", cookies.areAlwaysSecure()));
    tokens.setCookiePath("/");
    tokens.setCookieCustomizer(it -> {
      it.httpOnly(true).sameSite("Lax");
      if (cookies.areAlwaysSecure()) {
        it.secure(true);
      }
    });
    return tokens;
  }

  private static void noteOrigin(
      ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(Visitors.ORIGIN, Callers.origin((HttpServletRequest) request));
    chain.doFilter(request, response);
  }

  /** Pages are for one person; what they are made of is for everybody, while it is the same. */
  private static void keepNothing(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(
        "Cache-Control", request.getRequestURI().startsWith("/assets/") ? "no-cache" : "no-store");
  }

  private static void allowWhatThePageIsMadeOf(
      HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(
        "Content-Security-Policy",
        request.getRequestURI().startsWith("/console") ? CONSOLE_POLICY : POLICY);
  }

  private static void leave(
      SignOut signOut,
      SessionCookie cookie,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication who) {
    if (who != null && who.getPrincipal() instanceof SignedIn signedIn) {
      signOut.signOut(signedIn, Visitors.origin(request));
    }
    cookie.remove(request, response);
  }

  /** The part of a page that is asked for alone would show the sign-in in its place. */
  private static void leadToSignIn(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException, ServletException {
    if (request.getHeader("HX-Request") == null) {
      SIGN_IN_PAGE.commence(request, response, why);
    } else {
      response.setHeader("HX-Redirect", SIGN_IN);
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  /** A form without its token was open for too long; who has a one-time password changes it. */
  private static void turnAway(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException {
    response.sendRedirect(why instanceof CsrfException ? SIGN_IN + "?expired" : PASSWORD);
  }
}
