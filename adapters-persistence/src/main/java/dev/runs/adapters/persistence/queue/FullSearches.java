package dev.runs.adapters.persistence.queue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Decides when to look at everything again, and not only behind what was seen before: so seldom
 * that it takes at most a small share of the time, however slow it has become, and so often that
 * nobody notices as long as it is fast.
 */
final class FullSearches {

  /** After a search so many times as long as it took. */
  private static final int REST = 20;

  private static final long UNDER_WAY_NANOS = 10_000_000_000L;

  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /** Whether it is time for one; says so to one caller only. */
  boolean isDue() {
    var at = next.get();
    var now = System.nanoTime();
    return now - at >= 0 && next.compareAndSet(at, now + UNDER_WAY_NANOS);
  }

  /** Does one, and decides when the next is due. */
  <T> T measured(Supplier<T> search) {
    var begun = System.nanoTime();
    try {
      return search.get();
    } finally {
      var ended = System.nanoTime();
      next.set(ended + REST * (ended - begun));
    }
  }
}
