package dev.runs.adapters.rpc.protocol;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Wakes calls whose time is up, each on a thread of its own. */
final class Deadlines implements AutoCloseable {

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("rpc-deadlines").factory());

  Deadlines() {
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * @param time zero or less is at once
   */
  Future<?> after(Duration time, Runnable action) {
    return clock.schedule(
        () -> Thread.ofVirtual().name("rpc-deadline").start(action),
        time.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
