package dev.runs.bootstrap.settings;

import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.Rate;
import dev.runs.application.event.FeedLimits;
import dev.runs.domain.access.GroupRoles;
import dev.runs.domain.retention.RetentionPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings as they were found on the command line, in the environment and in a file, in this order
 * of strength.
 *
 * @param warnings what was written but has no effect, a line each; without secrets
 */
public record Configuration(Settings settings, List<String> warnings) {

  public Configuration {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads all sources.
   *
   * @throws StartFailure naming the key to change, when a value is wrong or the file cannot be read
   */
  public static Configuration read(Arguments arguments, Map<String, String> environment) {
    return read(arguments, environment, Optional.empty());
  }

  /**
   * As {@link #read(Arguments, Map)}.
   *
   * @param usualFile the SQLite file to use when no source names a database; nothing for the
   *     server's usual one
   */
  public static Configuration read(
      Arguments arguments, Map<String, String> environment, Optional<Path> usualFile) {
    var warnings = new ArrayList<String>();
    var layers = new ArrayList<Layer>();
    layers.add(Layer.ofCommandLine(arguments));
    layers.add(Layer.ofEnvironment(environment));
    if (arguments.config() != null) {
      layers.add(new SettingsFile(arguments.config(), warnings).read());
    }
    return new Configuration(settings(new Layers(layers), usualFile, warnings), warnings);
  }

  private static Settings settings(Layers layers, Optional<Path> usualFile, List<String> warnings) {
    return new Settings(
        new Settings.Server(
            layers.get(Setting.HOST),
            layers.get(Setting.PORT),
            layers.get(Setting.MAX_BODY_SIZE),
            layers.get(Setting.WATCH_BUFFER_SIZE),
            new FeedLimits(
                layers.get(Setting.MAX_STREAMS), layers.get(Setting.MAX_STREAMS_PER_KEY)),
            layers.get(Setting.RETENTION_OF_EVENTS),
            layers.get(Setting.CORS_ORIGINS),
            layers.find(Setting.PUBLIC_URL).map(Layers.Found::value).orElse(null),
            layers.find(Setting.TRUSTED_PROXIES).map(Layers.Found::value).orElse(List.of()),
            rates(layers)),
        new DatabaseChoice(layers, usualFile, warnings).address(),
        new Settings.Pool(
            layers.get(Setting.MAX_IDLE_CONNECTIONS),
            layers.get(Setting.MAX_OPEN_CONNECTIONS),
            layers.get(Setting.CONN_MAX_LIFE_TIME)),
        new Settings.Costs(
            layers.find(Setting.COSTS_URL).map(Layers.Found::value).orElse(null),
            layers.find(Setting.COSTS_API_KEY).map(Layers.Found::value).orElse(null)),
        layers.find(Setting.API_KEY).map(Layers.Found::value).orElse(null),
        layers.find(Setting.PRICES).map(Layers.Found::value).orElse(Map.of()),
        oidc(layers, warnings),
        new RetentionPolicy(
            layers.get(Setting.RETENTION_OF_SUCCEEDED), layers.get(Setting.RETENTION_OF_OTHERS)),
        new Settings.Rpc(
            layers.find(Setting.RPC_ANONYMOUS).map(Layers.Found::value).orElse(null),
            layers.get(Setting.RPC_DEFAULT_ORGANIZATION),
            layers.get(Setting.RPC_MAX_MESSAGE_BYTES)),
        new Settings.Pipelines(
            layers.get(Setting.PIPELINES_ANONYMOUS_READS)
                ? layers.get(Setting.PIPELINES_ANONYMOUS_ORGANIZATION)
                : null),
        layers.find(Setting.TRACING_ENDPOINT).map(Layers.Found::value).orElse(null),
        new Settings.Logging(
            layers.get(Setting.LOG_LEVEL),
            layers.get(Setting.LOG_FORMAT),
            layers.get(Setting.LOG_SHOW_SOURCE)));
  }

  private static Map<Budget, Rate> rates(Layers layers) {
    var rates = new EnumMap<Budget, Rate>(Budget.class);
    for (var budget : Budget.values()) {
      layers.get(setting(budget)).ifPresent(rate -> rates.put(budget, rate));
    }
    return rates;
  }

  private static Setting<Optional<Rate>> setting(Budget budget) {
    return switch (budget) {
      case ADDRESS -> Setting.RATE_PER_ADDRESS;
      case KEY -> Setting.RATE_PER_KEY;
      case PLATFORM_KEY -> Setting.RATE_PER_PLATFORM_KEY;
      case NEW_RUNS -> Setting.RATE_OF_NEW_RUNS;
      case CANCELLATIONS -> Setting.RATE_OF_CANCELLATIONS;
      case REFUSED_KEYS -> Setting.RATE_OF_REFUSED_KEYS;
    };
  }

  /** All of it hangs on the issuer. */
  private static Settings.@Nullable Oidc oidc(Layers layers, List<String> warnings) {
    var issuer = layers.find(Setting.OIDC_ISSUER);
    var clientId = layers.find(Setting.OIDC_CLIENT_ID);
    var roles = layers.find(Setting.OIDC_ROLES);
    if (issuer.isEmpty()) {
      Stream.<Setting<?>>of(Setting.OIDC_CLIENT_ID, Setting.OIDC_CLIENT_SECRET, Setting.OIDC_ROLES)
          .flatMap(setting -> layers.find(setting).stream())
          .forEach(found ->
              warnings.add(
                  "%s has no effect without %s."
                      .formatted(found.origin(), Setting.OIDC_ISSUER.property())));
      return null;
    }
    if (clientId.isEmpty()) {
      throw new StartFailure(
          "%s needs %s beside it."
              .formatted(issuer.get().origin(), Setting.OIDC_CLIENT_ID.property()));
    }
    var scopes =
        Stream.concat(Stream.of("openid"), layers.get(Setting.OIDC_SCOPES).stream()).distinct();
    return new Settings.Oidc(
        issuer.get().value(),
        clientId.get().value(),
        layers.find(Setting.OIDC_CLIENT_SECRET).map(Layers.Found::value).orElse(null),
        scopes.toList(),
        layers.get(Setting.OIDC_GROUPS_CLAIM),
        roles.map(Layers.Found::value).orElse(new GroupRoles(Map.of())));
  }
}
