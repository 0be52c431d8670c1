package dev.runs.bootstrap;

import dev.runs.adapters.rest.metrics.MicrometerQueueMeter;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.tracing.OtlpRunSpans;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The server. */
final class Serve {

  private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

  private Serve() {}

  /** Starts it, and returns when it listens. It goes on until the process is told to stop. */
  static void run(Settings settings) {
    start(settings);
  }

  /** Starts it and gives what is to be closed to stop it. */
  static ConfigurableApplicationContext start(Settings settings) {
    requireFreePort(settings);
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var platform = Platform.open(settings, new MicrometerQueueMeter(meters));
    measureConnections(platform, meters);
    platform.spans().ifPresent(spans -> measureSpans(spans, meters));
    try {
      show(platform.firstStart());
      var context =
          new SpringApplicationBuilder(ServerConfiguration.class)
              .bannerMode(Banner.Mode.OFF)
              .logStartupInfo(false)
              .environment(environment(settings))
              .initializers(
                  beans -> register((GenericApplicationContext) beans, settings, platform, meters))
              .run();
      LogOutput.afterTheStart();
      platform.retention().keep();
      LOG.info(
          "Listening on {}:{}, keeping everything in {}.",
          settings.server().host(),
          Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort(),
          settings.database());
      return context;
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  /** Looked at first, so that a start that is to fail leaves no database and shows no secret. */
  private static void requireFreePort(Settings settings) {
    var server = settings.server();
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(server.host(), server.port()));
    } catch (IOException e) {
      throw new UncheckedIOException("The port cannot be listened on", e);
    }
  }

  /** Only our own settings count: neither variables nor files that Spring would look for. */
  private static ConfigurableEnvironment environment(Settings settings) {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.forEach(source -> sources.remove(source.getName()));
    sources.addFirst(new MapPropertySource("settings", properties(settings)));
    return environment;
  }

  private static Map<String, Object> properties(Settings settings) {
    return Map.ofEntries(
        Map.entry("spring.config.location", "optional:classpath:/no-files/"),
        Map.entry("server.address", settings.server().host()),
        Map.entry("server.port", settings.server().port()),
        Map.entry("server.http2.enabled", true),
        Map.entry("server.shutdown", "graceful"),
        Map.entry("server.server-header", ""),
        Map.entry("spring.mvc.formcontent.filter.enabled", false),
        Map.entry("spring.web.resources.chain.enabled", false),
        Map.entry("spring.threads.virtual.enabled", true),
        Map.entry("spring.mvc.async.request-timeout", -1),
        Map.entry("spring.web.resources.cache.cachecontrol.max-age", "1h"),
        Map.entry("spring.thymeleaf.check-template-location", false),
        // whole or not at all, so that a page that fails can still become an error page
        Map.entry("spring.thymeleaf.servlet.produce-partial-output-while-processing", false));
  }

  /** The platform is closed after the web server, when the last request has been answered. */
  private static void register(
      GenericApplicationContext beans,
      Settings settings,
      Platform platform,
      PrometheusMeterRegistry meters) {
    beans.registerBean(PrometheusMeterRegistry.class, () -> meters);
    beans.registerBean(Settings.class, () -> settings);
    beans.registerBean(Platform.class, () -> platform);
  }

  private static void measureConnections(Platform platform, MeterRegistry meters) {
    Gauge.builder("runs.database.connections", () -> platform.connections().open())
        .description("Open connections to the database")
        .register(meters);
    Gauge.builder("runs.database.connections.used", () -> platform.connections().inUse())
        .description("Connections that are in use")
        .register(meters);
    Gauge.builder("runs.database.waiting", () -> platform.connections().waiting())
        .description("Pieces of work that wait for a connection, or on SQLite for the writer")
        .register(meters);
  }

  private static void measureSpans(OtlpRunSpans spans, MeterRegistry meters) {
    FunctionCounter.builder("runs.spans", spans, OtlpRunSpans::sent)
        .description("Spans of runs for the collector")
        .tag("outcome", "sent")
        .register(meters);
    FunctionCounter.builder("runs.spans", spans, OtlpRunSpans::dropped)
        .description("Spans of runs for the collector")
        .tag("outcome", "dropped")
        .register(meters);
  }

  /** Not through the log, which others may read. */
  @SuppressWarnings("SystemOut")
  private static void show(FirstStart made) {
    made.show(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
  }
}
