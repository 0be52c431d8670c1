package dev.runs.bootstrap.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All sources together.
 *
 * @param layers strongest first
 */
record Layers(List<Layer> layers) {

  /**
   * A value with its rank.
   *
   * @param layer 0 for the strongest source
   */
  record Found<T>(T value, Origin origin, int layer) {}

  /** Reads what the strongest source says that says anything. */
  <T> Optional<Found<T>> find(Setting<T> setting) {
    return IntStream.range(0, layers.size())
        .boxed()
        .flatMap(layer ->
            layers.get(layer).find(setting).stream()
                .map(given -> new Found<>(read(setting, given), given.origin(), layer)))
        .findFirst();
  }

  /** The same, or the default. */
  <T> T get(Setting<T> setting) {
    return find(setting).map(Found::value).orElseGet(() -> fallback(setting));
  }

  <T> T fallback(Setting<T> setting) {
    if (setting.fallback() == null) {
      throw new IllegalStateException(setting.property() + " has no default.");
    }
    var given =
        new Given(new Raw.Text(setting.fallback()), new Origin(setting.property(), "default"));
    return read(setting, given);
  }

  private static <T> T read(Setting<T> setting, Given given) {
    try {
      return setting.type().read(given.raw());
    } catch (BadValue bad) {
      var shown =
          !setting.type().secret() && given.raw() instanceof Raw.Text(var text)
              ? "\"" + text.strip() + "\" "
              : "";
      throw new StartFailure(
          "%s: %s%s. Allowed is %s."
              .formatted(given.origin(), shown, bad.problem(), setting.type().allowed()));
    }
  }
}
