package dev.runs.bootstrap.settings;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What one source says, such as the environment. Empty values are left out. */
final class Layer {

  private final Map<Setting<?>, Given> values = new LinkedHashMap<>();

  static Layer ofCommandLine(Arguments arguments) {
    var layer = new Layer();
    if (arguments.port() != null) {
      layer.putText(Setting.PORT, arguments.port(), "--port", "command line");
    }
    if (arguments.db() != null) {
      layer.putText(Setting.SQLITE_FILE, arguments.db(), "--db", "command line");
    }
    return layer;
  }

  static Layer ofEnvironment(Map<String, String> environment) {
    var layer = new Layer();
    for (var setting : Setting.ALL) {
      for (var name : setting.environment()) {
        layer.putText(setting, environment.getOrDefault(name, ""), name, "environment");
      }
      // as Spring writes it: no underscore inside a name of two words
      var joined =
          setting.property().replaceAll("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
      layer.putText(setting, environment.getOrDefault(joined, ""), joined, "environment");
    }
    return layer;
  }

  private void putText(Setting<?> setting, String text, String key, String place) {
    putIfAbsent(setting, new Given(new Raw.Text(text), new Origin(key, place)));
  }

  /** Keeps what is there already. */
  void putIfAbsent(Setting<?> setting, Given given) {
    if (!given.raw().isBlank()) {
      values.putIfAbsent(setting, given);
    }
  }

  Optional<Given> find(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting));
  }
}
