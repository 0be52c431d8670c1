package dev.runs.bootstrap;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of the queue: it makes runs ready whose time has come, rings for workers who wait, takes
 * leases away from workers that are not heard of, and carries cancellations down. Several nodes may
 * each run it on one database: what it does is right whoever does it.
 */
final class QueueKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueueKeeper.class);

  /** After a commit, so that what is committed meanwhile is looked at together. */
  private static final long GATHERING_MILLIS = 2;

  /** Other nodes enqueue too, and time passes: so often is looked at least. */
  private static final long LONGEST_REST_MILLIS = 50;

  private static final long REAPING_MILLIS = 250;

  /** After a failure, so that a database that is away is not asked without a pause. */
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

  /**
   * How long, in a round, batches of one kind are begun: so that none waits for ever for another,
   * and whoever else writes has the most of the time.
   */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

  private final WorkQueue queue;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread;
  private volatile boolean isClosed;
  private long reapedAt;

  private QueueKeeper(WorkQueue queue) {
    this.queue = queue;
    this.thread = Thread.ofPlatform().name("queue-keeper").daemon().unstarted(this::run);
  }

  static QueueKeeper start(WorkQueue queue) {
    var keeper = new QueueKeeper(queue);
    keeper.thread.start();
    return keeper;
  }

  /** Something was committed. */
  void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    queue.readyBell().close();
    wakeUps.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosed) {
      try {
        round();
        rest(LONGEST_REST_MILLIS);
      } catch (RuntimeException e) {
        LOG.warn("The queue's loop was disturbed and goes on: {}", e.toString());
        rest(PAUSE_AFTER_FAILURE_MILLIS);
      }
    }
  }

  private void round() {
    queue.readyBell().look();
    var now = System.nanoTime();
    if (now - reapedAt >= TimeUnit.MILLISECONDS.toNanos(REAPING_MILLIS)) {
      repeat(queue.reapLeases()::reap);
      repeat(queue.readyDueRuns()::ready);
      repeat(queue.cancelRuns()::sweep);
      reapedAt = now;
    }
  }

  private void repeat(BooleanSupplier batch) {
    var end = System.nanoTime() + TURN_NANOS;
    while (!isClosed && batch.getAsBoolean() && System.nanoTime() - end < 0) {
      // until there is nothing more to do, or others have waited long enough
    }
  }

  private void rest(long millis) {
    try {
      if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        TimeUnit.MILLISECONDS.sleep(GATHERING_MILLIS);
        wakeUps.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
  }
}
