package dev.runs.adapters.rest.event;

import java.time.Duration;

/**
 * What can be set about streams of events.
 *
 * @param heartbeat how often a stream on which nothing happens shows that it is alive
 */
public record StreamSettings(Duration heartbeat) {

  public static final StreamSettings USUAL = new StreamSettings(Duration.ofSeconds(15));
}
