package dev.runs.adapters.rest;

import dev.runs.adapters.rest.caller.AccessLogFilter;
import dev.runs.adapters.rest.caller.AddressFilter;
import dev.runs.adapters.rest.caller.ApiKeyFilter;
import dev.runs.adapters.rest.caller.CallerLimitFilter;
import dev.runs.adapters.rest.caller.CrossOriginFilter;
import dev.runs.adapters.rest.caller.NotedRefusals;
import dev.runs.adapters.rest.caller.RequestMeter;
import dev.runs.adapters.rest.rate.RateLimits;
import dev.runs.adapters.rest.rate.RefusedKeys;
import dev.runs.adapters.rest.registry.AnonymousReads;
import dev.runs.adapters.rest.registry.RegistryFilter;
import dev.runs.adapters.rest.registry.SlashFilter;
import dev.runs.adapters.rest.request.BodyLimitFilter;
import dev.runs.adapters.rest.request.FilterOrder;
import dev.runs.adapters.rest.request.PathFilter;
import dev.runs.application.access.IdentifyCaller;
import io.github.bucket4j.TimeMeter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The whole surface, to be imported into an application with Spring MVC.
 *
 * <p>It needs these beans: the use cases {@code CreateRuns}, {@code ReportRun}, {@code ShowRun},
 * {@code ListRuns}, {@code DeleteRun}, {@code AddCosts}, {@code ListCosts}, {@code SummarizeCosts},
 * {@code SetPrice}, {@code ShowPrices}, {@code RemovePrice}, {@code ShowAudit}, {@code
 * NoteRefusal}, {@code AuditLedger}, {@code RegisterOrganization}, {@code EditOrganizations},
 * {@code RegisterUser}, {@code AnswerOnce}, {@code ShowEvents}, {@code MeasureLoad} and {@code
 * IdentifyCaller}; those of pipelines, validations and contracts; a {@code Health}; a {@link
 * TimeMeter}; a {@link PrometheusMeterRegistry}; {@link RestSettings}, {@link AnonymousReads} and
 * {@code StreamSettings}.
 *
 * <p>Its filters belong before everything else, in this order: {@link RegistryFilter}, {@link
 * AccessLogFilter}, {@link PathFilter}, {@link CrossOriginFilter}, {@link AddressFilter}, {@link
 * SlashFilter}, {@link ApiKeyFilter}, {@link CallerLimitFilter}, {@link BodyLimitFilter}. The
 * application registers them in that order, which {@link FilterOrder} holds.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class RestAdapter {

  @Bean
  AccessLogFilter accessLogFilter(RequestMeter meter) {
    return new AccessLogFilter(meter);
  }

  @Bean
  RegistryFilter registryFilter(AnonymousReads anonymousReads) {
    return new RegistryFilter(anonymousReads);
  }

  @Bean
  SlashFilter slashFilter() {
    return new SlashFilter();
  }

  @Bean
  PathFilter pathFilter() {
    return new PathFilter();
  }

  @Bean
  CrossOriginFilter crossOriginFilter(RestSettings settings) {
    return new CrossOriginFilter(settings.corsOrigins());
  }

  @Bean
  RateLimits rateLimits(RestSettings settings, TimeMeter time) {
    return new RateLimits(settings.rates(), time);
  }

  @Bean
  RefusedKeys refusedKeys(RateLimits limits) {
    return new RefusedKeys(limits, new SecureRandom());
  }

  @Bean
  AddressFilter addressFilter(RateLimits limits, RestSettings settings) {
    return new AddressFilter(limits, settings.trustedProxies());
  }

  @Bean
  ApiKeyFilter apiKeyFilter(
      IdentifyCaller identifyCaller, RefusedKeys refusedKeys, NotedRefusals refusals) {
    return new ApiKeyFilter(identifyCaller, refusedKeys, refusals);
  }

  @Bean
  CallerLimitFilter callerLimitFilter(RateLimits limits) {
    return new CallerLimitFilter(limits);
  }

  @Bean
  BodyLimitFilter bodyLimitFilter(RestSettings settings) {
    return new BodyLimitFilter(settings.mostBodyBytes());
  }
}
