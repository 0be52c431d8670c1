package dev.runs.adapters.web.frame;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves what pages use of other projects from the jars in which they come, by names without a
 * version. Not by Spring Boot's chain of resources, which would also filter every request.
 */
@Component
class Assets implements WebMvcConfigurer {

  private static final Duration KEPT = Duration.ofHours(1);

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/webjars/**")
        .addResourceLocations("classpath:/META-INF/resources/webjars/")
        .setCacheControl(CacheControl.maxAge(KEPT))
        .resourceChain(true);
  }
}
