package dev.runs.bootstrap;

import dev.runs.bootstrap.settings.Arguments;
import dev.runs.bootstrap.settings.Configuration;
import dev.runs.bootstrap.settings.StartFailure;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the server with the settings of command line, environment and file. */
@Command(
    name = "serve",
    description = "Starts the server: port 8090 and the SQLite file runs.db unless told otherwise.")
final class ServeCommand implements Runnable {

  private final Map<String, String> environment;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML.")
  private @Nullable Path config;

  @Option(names = "--port", paramLabel = "N", description = "The port to listen on; 0 takes any.")
  private @Nullable String port;

  @Option(names = "--db", paramLabel = "FILE", description = "The SQLite file.")
  private @Nullable String db;

  /** Looked at by picocli alone. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  ServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    var configuration = Configuration.read(new Arguments(config, port, db), environment);
    var settings = configuration.settings();
    LogOutput.use(settings.logging(), System.out);
    var log = LoggerFactory.getLogger(Configuration.class);
    configuration.warnings().forEach(log::warn);
    try {
      Serve.run(settings);
      LogOutput.afterTheStart();
    } catch (RuntimeException failure) {
      throw StartFailure.explaining(failure, settings)
          .<RuntimeException>map(it -> it)
          .orElse(failure);
    }
  }
}
