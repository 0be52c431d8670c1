package dev.runs.application.event;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a feed gives next.
 *
 * @param items in order; empty when there is nothing new, or when something is gone
 * @param position everything selected up to here has been given; where another feed can go on
 * @param firstKept when events behind the reader's place are forgotten, so that it cannot know what
 *     happened: the first position the feed goes on with. Who watches a state reads it again.
 */
public record Part<T>(List<T> items, long position, OptionalLong firstKept) {

  public Part {
    items = List.copyOf(items);
  }

  /** Whether there is nothing more for now; the feed rings when there is. */
  public boolean isEmpty() {
    return items.isEmpty() && firstKept.isEmpty();
  }

  static <T> Part<T> of(List<T> items, long position) {
    return new Part<>(items, position, OptionalLong.empty());
  }

  static <T> Part<T> gone(long firstKept) {
    return new Part<>(List.of(), firstKept - 1, OptionalLong.of(firstKept));
  }
}
