package dev.runs.domain.action;

import dev.runs.domain.queue.ErrorText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an attempt where it is executed.
 *
 * @param message for a person; at most 16 KiB as UTF-8, cut there when longer
 * @param type such as {@code TYPE_WARNING}; null when nobody said
 * @param reason a short word; null when nobody said
 * @param source the component that tells; null when nobody said
 * @param count how often it happened; 0 when nobody said
 */
public record ClusterEvent(
    Instant occurredAt,
    String message,
    @Nullable String type,
    @Nullable String reason,
    @Nullable String source,
    int count) {

  private static final int MOST_CHARACTERS = 1_000;

  public ClusterEvent {
    message = ErrorText.capped(message);
    reason = cut(reason);
    source = cut(source);
    type = cut(type);
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS);
  }
}
