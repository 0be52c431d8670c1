package dev.runs.bootstrap;

import dev.runs.adapters.rest.request.UuidText;
import dev.runs.application.Caller;
import dev.runs.bootstrap.settings.Arguments;
import dev.runs.bootstrap.settings.Configuration;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.settings.StartFailure;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The installation on this machine, opened by a command on the database of the configuration; a
 * server may run on it at the same time.
 */
final class LocalPlatform {

  /** Who may run commands on the server's machine may do everything. */
  private static final Access ACCESS = Access.ofPlatform(new Principal("cli"));

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The server's settings in YAML.")
  private @Nullable Path config;

  @Option(names = "--db", paramLabel = "FILE", description = "The server's SQLite file.")
  private @Nullable String db;

  /**
   * Does something with it that has to do with who may come in: somebody who can sign in is made
   * when there is nobody.
   *
   * @throws StartFailure when the database cannot be opened or the work is refused, in one line
   */
  <T> T with(Map<String, String> environment, Function<Platform, T> work) {
    return withOnly(
        environment,
        platform -> {
          platform.firstCommand().show(spec.commandLine().getOut());
          return work.apply(platform);
        });
  }

  /**
   * Does something with it, and nothing else.
   *
   * @throws StartFailure as above
   */
  <T> T withOnly(Map<String, String> environment, Function<Platform, T> work) {
    return withOnly(environment, Platform::openBriefly, work);
  }

  /**
   * The same in a way of its own.
   *
   * @param opening opens it
   * @throws StartFailure as above
   */
  <T> T withOnly(
      Map<String, String> environment,
      Function<Settings, Platform> opening,
      Function<Platform, T> work) {
    var configuration = Configuration.read(new Arguments(config, null, db), environment);
    var settings = configuration.settings();
    LogOutput.use(settings.logging().onlyWarnings(), System.err);
    var log = LoggerFactory.getLogger(Configuration.class);
    configuration.warnings().forEach(log::warn);
    try (var platform = opening.apply(settings)) {
      return work.apply(platform);
    } catch (Rejection refusal) {
      throw new StartFailure(refusal.sentence(), refusal);
    } catch (RuntimeException failure) {
      throw StartFailure.explaining(failure, settings)
          .<RuntimeException>map(it -> it)
          .orElse(failure);
    }
  }

  /** The options by which another command finds the same database; each behind a blank. */
  String options() {
    return (config == null ? "" : " --config " + config) + (db == null ? "" : " --db " + db);
  }

  /**
   * Who works here.
   *
   * @param organization where; nothing for {@code default}
   * @throws StartFailure when there is no such organization
   */
  static Caller caller(Platform platform, Optional<ExternalId> organization) {
    var named = organization.orElse(Organization.DEFAULT);
    return new Caller(ACCESS, existing(platform.organizations().find(named), named), Origin.LOCAL);
  }

  /**
   * As {@link #caller}.
   *
   * @param organization its id or its external id; nothing for {@code default}
   */
  static Caller callerIn(Platform platform, Optional<String> organization) {
    var id = organization.flatMap(UuidText::read).map(OrganizationId::new);
    return id.isPresent()
        ? new Caller(
            ACCESS, existing(platform.organizations().find(id.get()), id.get()), Origin.LOCAL)
        : caller(platform, organization.map(ExternalId::new));
  }

  private static OrganizationId existing(Optional<Organization> found, Object named) {
    return found
        .map(Organization::id)
        .orElseThrow(() -> new StartFailure("There is no organization '%s'.".formatted(named)));
  }
}
