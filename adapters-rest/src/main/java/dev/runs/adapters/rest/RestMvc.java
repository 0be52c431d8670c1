package dev.runs.adapters.rest;

import dev.runs.adapters.rest.request.UuidText;
import dev.runs.domain.run.RunId;
import java.util.List;
import org.springframework.format.FormatterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/** How Spring reads paths and arguments for the controllers of this surface. */
@Component
class RestMvc implements WebMvcConfigurer {

  private final List<HandlerMethodArgumentResolver> arguments;

  RestMvc(List<HandlerMethodArgumentResolver> arguments) {
    this.arguments = arguments;
  }

  /** <em>Source: the cost tracker, whose paths may be written in any case.</em> */
  @Override
  public void configurePathMatch(PathMatchConfigurer paths) {
    var parser = new PathPatternParser();
    parser.setCaseSensitive(false);
    paths.setPatternParser(parser);
  }

  @Override
  public void addFormatters(FormatterRegistry formatters) {
    formatters.addConverter(String.class, RunId.class, RestMvc::runId);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.addAll(arguments);
  }

  private static RunId runId(String text) {
    return UuidText.read(text)
        .map(RunId::new)
        .orElseThrow(() -> new IllegalArgumentException("a run is named by a UUID"));
  }
}
