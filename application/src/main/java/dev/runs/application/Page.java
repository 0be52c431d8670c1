package dev.runs.application;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list and where it goes on.
 *
 * @param next where the next page begins; nothing on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {

  public Page {
    items = List.copyOf(items);
  }

  /**
   * @param items the items of the page and, when there are more, at least one more
   * @param limit how many belong to the page
   * @param cursor how the place behind an item is written
   */
  public static <T> Page<T> cut(List<T> items, int limit, Function<T, String> cursor) {
    if (items.size() <= limit) {
      return new Page<>(items, Optional.empty());
    }
    var page = items.subList(0, limit);
    return new Page<>(page, Optional.of(cursor.apply(page.getLast())));
  }

  public <R> Page<R> map(Function<T, R> change) {
    return new Page<>(items.stream().map(change).toList(), next);
  }
}
