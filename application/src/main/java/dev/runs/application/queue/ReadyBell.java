package dev.runs.application.queue;

import dev.runs.application.Transactions;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Kind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Rings for workers who wait until something is ready, so that they need not ask again and again.
 * One look at the lines serves all who wait on this node; only those hear it for whom something is
 * ready.
 */
public final class ReadyBell {

  private final WaitingRuns waiting;
  private final Transactions transactions;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  public ReadyBell(WaitingRuns waiting, Transactions transactions) {
    this.waiting = waiting;
    this.transactions = transactions;
  }

  /** Somebody who waits; hears everything that becomes ready from now on until it is closed. */
  final class Listener implements AutoCloseable {

    private final Reach reach;
    private final Set<Kind> kinds;
    private final Semaphore rings = new Semaphore(0);

    private Listener(Reach reach, Set<Kind> kinds) {
      this.reach = reach;
      this.kinds = kinds;
    }

    /**
     * Waits until the bell rings.
     *
     * @param end when to wait no longer, as {@link System#nanoTime} counts
     * @return whether it rang; never when the bell is closed
     */
    boolean hears(long end) {
      try {
        return !isClosed.get()
            && rings.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)
            && !isClosed.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      listeners.remove(this);
    }

    private boolean wants(Line line) {
      return reach.includes(line.organization(), line.project())
          && (kinds.isEmpty() || kinds.contains(line.kind()));
    }

    private void ring() {
      if (rings.availablePermits() == 0) {
        rings.release();
      }
    }
  }

  /**
   * @param kinds the only ones; empty means all
   */
  Listener listen(Reach reach, Set<Kind> kinds) {
    var listener = new Listener(reach, kinds);
    listeners.add(listener);
    return listener;
  }

  /** Looks what is ready, and rings; asks nobody while nobody listens. */
  public void look() {
    if (listeners.isEmpty()) {
      return;
    }
    var lines =
        transactions.inSnapshot(
            () -> waiting.linesWithReady(Reach.everywhere(), Set.of(), ClaimRuns.MOST_LINES));
    for (var listener : listeners) {
      if (lines.stream().anyMatch(listener::wants)) {
        listener.ring();
      }
    }
  }

  /** Lets nobody wait any more. */
  public void close() {
    isClosed.set(true);
    listeners.forEach(Listener::ring);
  }
}
