package dev.runs.application.queue;

import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/** What became of queued runs, summed up by kind and by stretches of time. */
public interface KindActivities {

  /** How long a stretch is; the first of a day begins at midnight of UTC. */
  Duration STRETCH = Duration.ofMinutes(5);

  /** The beginning of the stretch in which something was. */
  static Instant stretchOf(Instant moment) {
    return Instant.ofEpochSecond(
        Math.floorDiv(moment.getEpochSecond(), STRETCH.toSeconds()) * STRETCH.toSeconds());
  }

  /**
   * Adds what entries of the event log tell of queued runs. One does so at a time.
   *
   * @param after the position before the first of them
   * @param upTo the position of the last
   */
  void add(long after, long upTo);

  /** Forgets the stretches that began before a moment. */
  void forget(Instant before);

  /**
   * Since a moment, by kind; without kinds of which there is nothing to tell.
   *
   * @param from the beginning of a stretch, included
   */
  Map<Kind, KindActivity> sums(Reach.Within reach, Collection<Kind> kinds, Instant from);

  /**
   * By the beginning of the stretch; without those in which nothing was.
   *
   * @param from the beginning of a stretch, included
   */
  SortedMap<Instant, KindActivity> stretches(Reach.Within reach, Kind kind, Instant from);
}
