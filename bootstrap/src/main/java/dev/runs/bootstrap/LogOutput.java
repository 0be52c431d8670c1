package dev.runs.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.runs.bootstrap.settings.LogLevel;
import dev.runs.bootstrap.settings.Settings;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where the log goes and how its lines look. */
final class LogOutput {

  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX, UTC} %-5level %logger{0} - %msg"
          + "%replace(%replace( %kvp{NONE} %mdc){'\\s+', ' '}){'\\s$', ''}";

  private static final String SOURCE = " \\(%file:%line\\)";

  /** What they say of a failed start is said again, in one line or with the stack trace. */
  private static final List<String> REPORTERS_OF_A_FAILED_START =
      List.of(
          "com.zaxxer.hikari.pool.HikariPool",
          "org.springframework.boot.SpringApplication",
          "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter",
          "org.springframework.boot.web.server.servlet.context");

  /**
   * Their warnings repeat what was sent: hosts that cannot be read, and paths. What matters of it
   * is in our own lines.
   */
  private static final List<String> REPEATERS_OF_REQUESTS =
      List.of(
          "org.eclipse.jetty.util.HostPort",
          "org.eclipse.jetty.http.HttpParser",
          "org.eclipse.jetty.ee11.servlet.ServletChannel");

  private LogOutput() {}

  /**
   * Sends all logging of this process to a stream.
   *
   * <p>The level is that of our own lines. Libraries stay at warnings, or at what they call info
   * when we debug: their debug output holds headers and connection properties, so keys and
   * passwords. Those that report a failed start are silent until {@link #afterTheStart}.
   */
  static void use(Settings.Logging logging, OutputStream stream) {
    // or Spring would configure logging once more, in its own way
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    bridgeFromJavaLogging(context);
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender(context, logging, stream));
    root.setLevel(ofLibraries(logging.level()));
    context.getLogger("dev.runs").setLevel(Level.toLevel(logging.level().name()));
    for (var reporter : REPORTERS_OF_A_FAILED_START) {
      context.getLogger(reporter).setLevel(Level.OFF);
    }
    for (var repeater : REPEATERS_OF_REQUESTS) {
      context.getLogger(repeater).setLevel(Level.OFF);
    }
  }

  /** Lets those speak again that would have reported a failed start. */
  static void afterTheStart() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    REPORTERS_OF_A_FAILED_START.forEach(reporter -> context.getLogger(reporter).setLevel(null));
  }

  private static Level ofLibraries(LogLevel ours) {
    return switch (ours) {
      case ERROR -> Level.ERROR;
      case WARN, INFO -> Level.WARN;
      case DEBUG, TRACE -> Level.INFO;
    };
  }

  private static OutputStreamAppender<ILoggingEvent> appender(
      LoggerContext context, Settings.Logging logging, OutputStream stream) {
    var encoder =
        switch (logging.format()) {
          case TEXT -> text(logging.showSource());
          case JSON -> json();
        };
    encoder.setContext(context);
    encoder.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(stream);
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> text(boolean showSource) {
    var encoder = new PatternLayoutEncoder();
    encoder.setPattern(LINE + (showSource ? SOURCE : "") + "%n");
    return encoder;
  }

  /** One object on each line; what a message was made of stands in the message alone. */
  private static Encoder<ILoggingEvent> json() {
    var encoder = new JsonEncoder();
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMarkers(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    return encoder;
  }

  /** The PostgreSQL driver and others log through java.util.logging. */
  private static void bridgeFromJavaLogging(LoggerContext context) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    var propagator = new LevelChangePropagator();
    propagator.setContext(context);
    propagator.setResetJUL(true);
    propagator.start();
    context.addListener(propagator);
  }
}
