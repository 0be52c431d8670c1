package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.queue.ClaimRuns.Claimed;
import dev.runs.application.queue.ClaimRuns.Request;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.domain.access.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets workers wait for runs instead of asking again and again. One look at the lines serves all
 * who wait on this node; only those are woken for whom something is ready.
 */
public final class AwaitRuns {

  /** The longest that a worker can wait. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** Who waits, and for what. */
  private static final class Waiter {

    private final Caller caller;
    private final Request request;
    private final Semaphore calls = new Semaphore(0);

    Waiter(Caller caller, Request request) {
      this.caller = caller;
      this.request = request;
    }

    boolean wants(Line line) {
      return caller.reach().includes(line.organization(), line.project())
          && (request.kinds().isEmpty() || request.kinds().contains(line.kind()));
    }

    void call() {
      if (calls.availablePermits() == 0) {
        calls.release();
      }
    }
  }

  private final ClaimRuns claimRuns;
  private final WaitingRuns waiting;
  private final Transactions transactions;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  public AwaitRuns(ClaimRuns claimRuns, WaitingRuns waiting, Transactions transactions) {
    this.claimRuns = claimRuns;
    this.waiting = waiting;
    this.transactions = transactions;
  }

  /**
   * Claims what is ready, at the latest after a while.
   *
   * @param wait zero to {@link #LONGEST_WAIT}
   * @return nothing when nothing became ready in time, or when this node is to stop
   */
  public List<Claimed> claim(Caller caller, Request request, Duration wait) {
    var end = System.nanoTime() + wait.toNanos();
    if (wait.isZero()) {
      return claimRuns.claim(caller, request);
    }
    var waiter = new Waiter(caller, request);
    waiters.add(waiter);
    try {
      // whoever is known to wait before the first look misses nothing that comes after it
      var claimed = claimRuns.claim(caller, request);
      while (claimed.isEmpty() && isCalled(waiter, end)) {
        claimed = claimRuns.claim(caller, request);
      }
      return claimed;
    } finally {
      waiters.remove(waiter);
    }
  }

  /** Calls those for whom something is ready; asks nobody while nobody waits. */
  public void look() {
    if (waiters.isEmpty()) {
      return;
    }
    var lines =
        transactions.inSnapshot(
            () -> waiting.linesWithReady(Reach.everywhere(), Set.of(), ClaimRuns.MOST_LINES));
    for (var waiter : waiters) {
      if (lines.stream().anyMatch(waiter::wants)) {
        waiter.call();
      }
    }
  }

  /** Lets nobody wait any more. */
  public void close() {
    isClosed = true;
    waiters.forEach(Waiter::call);
  }

  private boolean isCalled(Waiter waiter, long end) {
    try {
      return !isClosed
          && waiter.calls.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)
          && !isClosed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
