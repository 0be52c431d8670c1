package dev.runs.application.overview;

import dev.runs.domain.access.Reach;
import java.time.Instant;
import java.util.List;

/**
 * How many runs came and ended in each hour. Events are counted when they get their place in the
 * log, each once; what happened stays counted when runs go.
 */
public interface Activity {

  /**
   * How many runs were made, and how many ended in each way. A run that ends again counts again.
   */
  record Tally(long created, long succeeded, long failed, long timedOut, long canceled) {

    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    public Tally plus(Tally other) {
      return new Tally(
          created + other.created,
          succeeded + other.succeeded,
          failed + other.failed,
          timedOut + other.timedOut,
          canceled + other.canceled);
    }

    /** How many ended, in whatever way. */
    public long ended() {
      return succeeded + failed + timedOut + canceled;
    }

    /** How many failed or ran out of time. */
    public long failures() {
      return failed + timedOut;
    }
  }

  /**
   * @param begin a full hour of UTC
   */
  record Hour(Instant begin, Tally tally) {}

  /**
   * By hour; an hour in which nothing happened is absent.
   *
   * @param from the earliest begin of an hour, included
   * @param before the end, not included
   */
  List<Hour> hours(Reach.Within reach, Instant from, Instant before);
}
