package dev.runs.adapters.rest.event;

import java.time.Duration;

/**
 * What can be set about streams of events.
 *
 * @param heartbeat how often a stream on which nothing happens shows that it is alive
 * @param mostPerKey how many streams one key of a team may have at a time on a node, at least 1; a
 *     platform key has no limit
 */
public record StreamSettings(Duration heartbeat, int mostPerKey) {

  public static final StreamSettings USUAL = new StreamSettings(Duration.ofSeconds(15), 1_000);

  public StreamSettings {
    if (mostPerKey < 1) {
      throw new IllegalArgumentException("a key has at least 1 stream, not " + mostPerKey);
    }
  }
}
