package dev.runs.bootstrap;

import dev.runs.adapters.rest.caller.ApiKeyFilter;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Problems;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.domain.access.Access;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who comes in. The key is looked at by the REST surface's own filter, before anything is read;
 * what it lets in is known here too, and everything else is refused, so that a path nobody has
 * thought of is closed.
 */
@Configuration(proxyBeanMethods = false)
class Gate {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  @Bean
  SecurityFilterChain api(HttpSecurity http) throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable)
        .sessionManagement(AbstractHttpConfigurer::disable)
        .securityContext(
            context -> context.securityContextRepository(new NullSecurityContextRepository()))
        .servletApi(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(Customizer.withDefaults())
        .addFilterBefore(new KnownCallers(), AuthorizationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(ApiKeyFilter::isOpen)
                .permitAll()
                .anyRequest()
                .authenticated())
        .build();
  }

  /** Or Spring would make a user of its own, with a password in the log. */
  @Bean
  AuthenticationManager nobodySignsIn() {
    return _ -> {
      throw new ProviderNotFoundException("there is no sign-in");
    };
  }

  /**
   * Names of costs may have nearly any character, so a path may hold an encoded slash or percent.
   */
  @Bean
  HttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowUrlEncodedPeriod(true);
    firewall.setAllowSemicolon(true);
    return firewall;
  }

  /** What the firewall refuses is told like everything else that is refused. */
  @Bean
  RequestRejectedHandler refusals() {
    return (request, response, _) ->
        Problems.write(
            request,
            response,
            METHODS.contains(request.getMethod())
                ? Problem.of(Refusal.MALFORMED_PATH, "The path is none that this service takes")
                : Problem.of(Refusal.METHOD_UNKNOWN, "The service knows no such method"));
  }

  /** Tells Spring Security who was let in. */
  private static final class KnownCallers extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (request.getAttribute(ApiKeyFilter.ACCESS) instanceof Access access) {
        var known = new PreAuthenticatedAuthenticationToken(access.principal(), "", List.of());
        known.setAuthenticated(true);
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(known);
        SecurityContextHolder.setContext(context);
      }
      chain.doFilter(request, response);
    }
  }
}
