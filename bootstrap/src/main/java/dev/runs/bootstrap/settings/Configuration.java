package dev.runs.bootstrap.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    var warnings = new ArrayList<String>();
    var layers = new ArrayList<Layer>();
    layers.add(Layer.ofCommandLine(arguments));
    layers.add(Layer.ofEnvironment(environment));
    if (arguments.config() != null) {
      layers.add(new SettingsFile(arguments.config(), warnings).read());
    }
    return new Configuration(settings(new Layers(layers), warnings), warnings);
  }

  private static Settings settings(Layers layers, List<String> warnings) {
    return new Settings(
        new Settings.Server(
            layers.get(Setting.HOST),
            layers.get(Setting.PORT),
            layers.get(Setting.MAX_BODY_SIZE),
            layers.get(Setting.WATCH_BUFFER_SIZE),
            layers.get(Setting.CORS_ORIGINS)),
        new DatabaseChoice(layers, warnings).address(),
        new Settings.Pool(
            layers.get(Setting.MAX_IDLE_CONNECTIONS),
            layers.get(Setting.MAX_OPEN_CONNECTIONS),
            layers.get(Setting.CONN_MAX_LIFE_TIME)),
        new Settings.Costs(
            layers.find(Setting.COSTS_URL).map(Layers.Found::value).orElse(null),
            layers.find(Setting.COSTS_API_KEY).map(Layers.Found::value).orElse(null)),
        layers.find(Setting.API_KEY).map(Layers.Found::value).orElse(null),
        layers.find(Setting.PRICES).map(Layers.Found::value).orElse(Map.of()),
        new Settings.Logging(layers.get(Setting.LOG_LEVEL), layers.get(Setting.LOG_SHOW_SOURCE)));
  }
}
