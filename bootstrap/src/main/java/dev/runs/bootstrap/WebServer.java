package dev.runs.bootstrap;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
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
          .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
          .map(factory -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
          .forEach(http -> http.setUriCompliance(PATHS));
    }
    decodeNames(server);
  }

  private static void decodeNames(Handler.Singleton server) {
    for (var context : server.getDescendants(ServletContextHandler.class)) {
      context.getServletHandler().setDecodeAmbiguousURIs(true);
    }
  }
}
