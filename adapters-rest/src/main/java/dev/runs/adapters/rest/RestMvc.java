package dev.runs.adapters.rest;

import dev.runs.adapters.rest.caller.LimitGuard;
import dev.runs.adapters.rest.caller.NamedRun;
import dev.runs.adapters.rest.caller.ScopeGuard;
import dev.runs.adapters.rest.request.UuidText;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.TeamId;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.RunId;
import java.util.List;
import java.util.UUID;
import org.springframework.format.FormatterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/** How Spring reads paths and arguments for the controllers of this surface. */
@Component
class RestMvc implements WebMvcConfigurer {

  private final List<HandlerMethodArgumentResolver> arguments;
  private final NamedRun namedRun;
  private final ScopeGuard scopeGuard;
  private final LimitGuard limitGuard;

  RestMvc(
      List<HandlerMethodArgumentResolver> arguments,
      NamedRun namedRun,
      ScopeGuard scopeGuard,
      LimitGuard limitGuard) {
    this.arguments = arguments;
    this.namedRun = namedRun;
    this.scopeGuard = scopeGuard;
    this.limitGuard = limitGuard;
  }

  /** <em>Source: the cost tracker, whose paths may be written in any case.</em> */
  @Override
  public void configurePathMatch(PathMatchConfigurer paths) {
    var parser = new PathPatternParser();
    parser.setCaseSensitive(false);
    paths.setPatternParser(parser);
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(namedRun);
    interceptors.addInterceptor(scopeGuard);
    interceptors.addInterceptor(limitGuard);
  }

  @Override
  public void addFormatters(FormatterRegistry formatters) {
    formatters.addConverter(String.class, RunId.class, RestMvc::runId);
    formatters.addConverter(
        String.class, OrganizationId.class, text -> new OrganizationId(uuid(text)));
    formatters.addConverter(String.class, TeamId.class, text -> new TeamId(uuid(text)));
    formatters.addConverter(String.class, PersonId.class, text -> new PersonId(uuid(text)));
    formatters.addConverter(String.class, ApiKeyId.class, text -> new ApiKeyId(uuid(text)));
    formatters.addConverter(String.class, Kind.class, RestMvc::kind);
    formatters.addConverter(String.class, ContractId.class, RestMvc::contract);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.addAll(arguments);
  }

  private static RunId runId(String text) {
    return new RunId(uuid(text));
  }

  private static Kind kind(String text) {
    try {
      return new Kind(text);
    } catch (QueueRejected.BadKind e) {
      throw new IllegalArgumentException(e.sentence(), e);
    }
  }

  private static ContractId contract(String text) {
    try {
      return new ContractId(text);
    } catch (PipelineRejected.BadText e) {
      throw new IllegalArgumentException(e.sentence(), e);
    }
  }

  private static UUID uuid(String text) {
    return UuidText.read(text)
        .orElseThrow(() -> new IllegalArgumentException("it is named by a UUID"));
  }
}
