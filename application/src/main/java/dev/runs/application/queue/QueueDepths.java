package dev.runs.application.queue;

import dev.runs.domain.queue.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How many runs wait and are executed, counted at a cost that does not grow with the queue. */
public interface QueueDepths {

  /** Ready runs of one line that are counted; where there are many lines, fewer. */
  int MOST_IN_A_LINE = 10_000;

  /** Runs of all kinds that are counted as delayed, those that are due first; as running too. */
  int MOST_OF_A_STATE = 50_000;

  /**
   * How many runs of a kind there are.
   *
   * @param ready can be claimed
   * @param delayed can be claimed later
   * @param running are executed
   * @param oldestReady how long the one among those counted is ready that is so for longest;
   *     nothing when none is ready
   */
  record Depth(Kind kind, int ready, int delayed, int running, Optional<Duration> oldestReady) {}

  /**
   * @param kinds those with any runs, in no order
   * @param isComplete whether everything was counted
   */
  record Depths(List<Depth> kinds, boolean isComplete) {

    public Depths {
      kinds = List.copyOf(kinds);
    }
  }

  /** As it is at this moment. */
  Depths count();
}
