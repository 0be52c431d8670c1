package dev.runs.bootstrap;

import dev.runs.adapters.cli.connection.LocalInstallation;
import dev.runs.adapters.cli.connection.LocalPlace;
import dev.runs.adapters.cli.connection.RequestReading;
import dev.runs.adapters.rest.json.CanonicalJson;
import dev.runs.adapters.rest.json.Json;
import dev.runs.adapters.rest.request.JsonDocuments;
import dev.runs.bootstrap.settings.Arguments;
import dev.runs.bootstrap.settings.Configuration;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.settings.StartFailure;
import dev.runs.domain.secret.Input;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Opens installations on this machine for commands about runs. */
final class LocalInstallations implements LocalInstallation.Opening {

  /** The member that names a request and is no part of what is asked for. */
  private static final String KEY = "idempotencyKey";

  private static final RequestReading AS_OVER_HTTP =
      new RequestReading() {
        @Override
        public String fingerprint(ObjectNode request) {
          return CanonicalJson.hashWithout(request, KEY);
        }

        @Override
        public Input given(JsonNode request) {
          return Json.input(request);
        }

        @Override
        public Optional<String> fault(JsonNode document) {
          return JsonDocuments.fault(document);
        }
      };

  private final Map<String, String> environment;

  LocalInstallations(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public LocalInstallation openBriefly(LocalPlace place) {
    var configuration = configuration(place);
    log(configuration, configuration.settings().logging().onlyWarnings());
    return open(place, configuration.settings(), Platform::openBriefly);
  }

  @Override
  public LocalInstallation openForLong(LocalPlace place) {
    return open(place, configuration(place).settings(), Platform::open);
  }

  @Override
  public void log(LocalPlace place) {
    var configuration = configuration(place);
    log(configuration, configuration.settings().logging());
    LogOutput.afterTheStart();
  }

  private static void log(Configuration configuration, Settings.Logging logging) {
    LogOutput.use(logging, System.err);
    var log = LoggerFactory.getLogger(Configuration.class);
    configuration.warnings().forEach(log::warn);
  }

  private Configuration configuration(LocalPlace place) {
    return Configuration.read(
        new Arguments(place.config(), null, place.db()), environment, Optional.of(usualFile()));
  }

  private Path usualFile() {
    return LocalFile.usual(Path.of(""), environment);
  }

  private LocalInstallation open(
      LocalPlace place, Settings settings, Function<Settings, Platform> opening) {
    LocalFile.prepare(settings, usualFile());
    try {
      return installation(place, opening.apply(settings));
    } catch (RuntimeException failure) {
      throw StartFailure.explaining(failure, settings)
          .<RuntimeException>map(it -> it)
          .orElse(failure);
    }
  }

  private static LocalInstallation installation(LocalPlace place, Platform platform) {
    try {
      var queue = platform.workQueue();
      return new LocalInstallation(
          LocalPlatform.callerIn(platform, place.organization()),
          platform.clock(),
          AS_OVER_HTTP,
          platform.createRuns(),
          platform.showRun(),
          platform.listRuns(),
          platform.describeRuns(),
          queue.cancelRuns(),
          platform.retryRun(),
          queue.claimRuns(),
          queue.keepLeases(),
          queue.reportOutcomes(),
          platform::close);
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }
}
