package dev.runs.adapters.rest.registry;

import dev.runs.application.Counted;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A part of a list.
 *
 * @param total how many there are in all, as far as they are counted
 * @param totalCapped whether there are more than that
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ListedJson<T>(List<T> items, int total, boolean totalCapped, int limit, int offset) {

  public static <V, T> ListedJson<T> of(
      Counted<V> counted, Function<V, T> item, int limit, int offset) {
    return new ListedJson<>(
        counted.items().stream().map(item).toList(),
        counted.total(),
        counted.isCapped(),
        limit,
        offset);
  }
}
