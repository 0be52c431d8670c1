package dev.runs.application.queue;

import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.StateName;
import java.time.Duration;

/**
 * Counts and times what happens to queued runs. It is told once, on the node where it happened, and
 * only when it is durable; it answers at once and throws nothing.
 */
public interface QueueMeter {

  /** Nobody counts. */
  QueueMeter SILENT =
      new QueueMeter() {
        @Override
        public void claimed(Kind kind, Duration waited) {}

        @Override
        public void ended(Kind kind, AttemptResult result, Duration took, boolean isTakenAway) {}

        @Override
        public void finished(Kind kind, StateName state) {}
      };

  /**
   * A worker has begun an attempt.
   *
   * @param waited since the run was ready: enqueued, due, or due again after an attempt that failed
   */
  void claimed(Kind kind, Duration waited);

  /**
   * An attempt has ended.
   *
   * @param took since it was claimed
   * @param isTakenAway whether its lease was taken away, and not ended by a report
   */
  void ended(Kind kind, AttemptResult result, Duration took, boolean isTakenAway);

  /**
   * A run has ended.
   *
   * @param state a terminal one
   */
  void finished(Kind kind, StateName state);
}
