package dev.runs.bootstrap;

import dev.runs.application.bulk.SweepBulk;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that carries bulk operations on, batch after batch. After each it rests as long as it
 * took, so that everybody else has at least half of the database's time. Several nodes may each run
 * it on one database: what it does is right whoever does it.
 */
final class BulkKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BulkKeeper.class);

  /** Operations are begun on any node, so it is looked so often whether there is one. */
  private static final Duration REST = Duration.ofMillis(250);

  /** After a failure, so that a database that is away is not asked without a pause. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final SweepBulk sweepBulk;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private BulkKeeper(SweepBulk sweepBulk) {
    this.sweepBulk = sweepBulk;
    this.thread = Thread.ofPlatform().name("bulk-keeper").daemon().unstarted(this::run);
  }

  static BulkKeeper start(SweepBulk sweepBulk) {
    var keeper = new BulkKeeper(sweepBulk);
    keeper.thread.start();
    return keeper;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var rest = REST;
    while (!isClosedAfter(rest)) {
      try {
        var start = System.nanoTime();
        var hasMore = sweepBulk.sweep();
        rest = hasMore ? Duration.ofNanos(System.nanoTime() - start) : REST;
      } catch (RuntimeException e) {
        LOG.warn("A bulk operation was disturbed and goes on: {}", e.toString());
        rest = PAUSE_AFTER_FAILURE;
      }
    }
  }

  private boolean isClosedAfter(Duration rest) {
    try {
      return closing.await(rest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
