package dev.runs.adapters.cli.connection;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command about runs can be told of where it works and how it answers. */
public final class ConnectionOptions {

  @Option(
      names = "--db",
      paramLabel = "FILE",
      description = "The SQLite file to work on, when it works here.")
  private @Nullable String db;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML, when it works here.")
  private @Nullable Path config;

  @Option(
      names = "--remote",
      preprocessor = RemoteValue.class,
      paramLabel = "[URL]",
      description =
          "Work on a server; without a value on that of RUNS_API_URL, else on"
              + " http://localhost:8090.")
  private @Nullable String remote;

  @Option(names = "--local", description = "Work here, though RUNS_API_URL is set.")
  private boolean isLocal;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description =
          "The key for the server. Others on this machine can see it here: better set RUNS_API_KEY.")
  private @Nullable String apiKey;

  @Option(
      names = "--organization",
      paramLabel = "ID",
      description = "The organization to act in, where the key does not decide it.")
  private @Nullable String organization;

  @Option(names = "--json", description = "Answer with one JSON object on one line.")
  private boolean isJson;

  /** Whether results and failures are written as JSON. */
  public boolean isJson() {
    return isJson;
  }

  /**
   * The server to work on; nothing for working here.
   *
   * @throws CommandFailed when options exclude each other, or an address is none
   */
  public Optional<HttpApi> server(Map<String, String> environment) {
    return ModeChoice.server(isLocal, remote, environment).map(url -> api(url, environment));
  }

  /** What was said about the installation on this machine. */
  public LocalPlace here(Map<String, String> environment) {
    return new LocalPlace(config, db, organization(environment));
  }

  private HttpApi api(URI url, Map<String, String> environment) {
    if (db != null || config != null) {
      throw CommandFailed.usage(
          "%s has no effect on a server; leave it out, or add --local."
              .formatted(db == null ? "--config" : "--db"));
    }
    var key = Optional.ofNullable(apiKey).or(() -> variable(environment, "RUNS_API_KEY"));
    return new HttpApi(url, key, organization(environment));
  }

  private Optional<String> organization(Map<String, String> environment) {
    return Optional.ofNullable(organization).or(() -> variable(environment, "RUNS_ORGANIZATION"));
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
