package dev.runs.bootstrap;

import java.time.Duration;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How Jetty listens, and what it says of requests that never get farther than Jetty. */
@Configuration(proxyBeanMethods = false)
class WebServer {

  /** Connections that may wait to be accepted; the usual 50 is little when many come at once. */
  private static final int BACKLOG = 1_024;

  /** Streams of one connection of HTTP/2 at once: a client watches many runs over one. */
  private static final int MOST_STREAMS = 1_024;

  /** How long a stream may be quiet in which its client is to say something. */
  private static final Duration QUIET_STREAM = Duration.ofHours(1);

  /**
   * Pings, resets and the like on one connection of HTTP/2. Clients of gRPC ping while they are
   * sent much, to learn how fast the network is.
   */
  private static final int MOST_CONTROLS_PER_SECOND = 2_000;

  /**
   * Names of costs may have nearly any character, so a path may hold an encoded slash or percent.
   */
  private static final UriCompliance PATHS =
      UriCompliance.DEFAULT.with(
          "encoded-names",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> jetty() {
    return factory -> factory.addServerCustomizers(WebServer::listen);
  }

  private static void listen(Server server) {
    var errors = new JettyProblems();
    server.setErrorHandler(errors);
    for (var connector : server.getConnectors()) {
      if (connector instanceof ServerConnector tcp) {
        tcp.setAcceptQueueSize(BACKLOG);
      }
      connector.getConnectionFactories().stream()
          .filter(AbstractHTTP2ServerConnectionFactory.class::isInstance)
          .map(AbstractHTTP2ServerConnectionFactory.class::cast)
          .forEach(WebServer::letStreamsLast);
      connector.getConnectionFactories().stream()
          .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
          .map(factory -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
          .forEach(http -> http.setUriCompliance(PATHS));
    }
    decodeNames(server);
  }

  private static void letStreamsLast(AbstractHTTP2ServerConnectionFactory http2) {
    http2.setStreamIdleTimeout(QUIET_STREAM.toMillis());
    http2.setMaxConcurrentStreams(MOST_STREAMS);
    http2.setRateControlFactory(new WindowRateControl.Factory(MOST_CONTROLS_PER_SECOND));
  }

  private static void decodeNames(Handler.Singleton server) {
    for (var context : server.getDescendants(ServletContextHandler.class)) {
      context.getServletHandler().setDecodeAmbiguousURIs(true);
    }
  }
}
