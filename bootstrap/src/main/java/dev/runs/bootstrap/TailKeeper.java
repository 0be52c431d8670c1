package dev.runs.bootstrap;

import dev.runs.application.event.EventTail;
import dev.runs.application.event.RunEventLog;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that follows the log for all who listen on this node. It reads on as soon as this node
 * has given events their positions, and otherwise looks now and then what others have done. While
 * nobody listens it sleeps.
 */
final class TailKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TailKeeper.class);

  /** Other nodes and processes write too: so often is looked at least. */
  private static final long LONGEST_REST_MILLIS = 50;

  /** After a failure, so that a database that is away is not asked without a pause. */
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

  private final EventTail tail;
  private final RunEventLog log;
  private final Runnable sequencer;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread;
  private volatile boolean isClosed;

  private TailKeeper(EventTail tail, RunEventLog log, Runnable sequencer) {
    this.tail = tail;
    this.log = log;
    this.sequencer = sequencer;
    this.thread = Thread.ofPlatform().name("event-tail").daemon().unstarted(this::run);
  }

  /**
   * @param sequencer wakes the one who gives events their positions; called when some were
   *     committed by a process that does not do so itself
   */
  static TailKeeper start(EventTail tail, RunEventLog log, Runnable sequencer) {
    var keeper = new TailKeeper(tail, log, sequencer);
    tail.whenAwakened(keeper::wake);
    keeper.thread.start();
    return keeper;
  }

  /** There is something new in the log, or somebody new who listens. */
  void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    tail.close();
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
        follow();
        rest();
      } catch (RuntimeException e) {
        LOG.warn("The loop that follows the log was disturbed and goes on: {}", e.toString());
        pause();
      }
    }
  }

  private void follow() {
    var hasMore = true;
    while (hasMore && !isClosed) {
      hasMore = tail.follow();
    }
    if (tail.isAwake() && log.hasWaiting()) {
      sequencer.run();
    }
  }

  private void rest() {
    try {
      if (tail.isAwake()) {
        wakeUps.tryAcquire(LONGEST_REST_MILLIS, TimeUnit.MILLISECONDS);
      } else {
        wakeUps.acquire();
      }
      wakeUps.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
  }
}
