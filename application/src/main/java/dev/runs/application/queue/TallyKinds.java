package dev.runs.application.queue;

import dev.runs.application.event.EventTally;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Sums up what becomes of queued runs, from the events that tell it. Whoever gives events their
 * places does so alone and later: so nothing is counted twice or forgotten, and no worker waits.
 */
public final class TallyKinds implements EventTally {

  /** So long it is known what became of them. */
  public static final Duration KEPT = Duration.ofDays(2);

  private final KindActivities activities;
  private final InstantSource clock;

  public TallyKinds(KindActivities activities, InstantSource clock) {
    this.activities = activities;
    this.clock = clock;
  }

  @Override
  public void add(long after, long upTo) {
    activities.add(after, upTo);
    activities.forget(clock.instant().minus(KEPT));
  }
}
