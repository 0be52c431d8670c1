package dev.runs.bootstrap.endtoend;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what must become so. */
final class Await {

  /** Only keeps a test that would wait for ever from doing so. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private Await() {}

  /** Looks until what is seen is as it should be. */
  static <T> void until(Supplier<T> look, Predicate<T> isSo) {
    until(look, isSo, LONGEST);
  }

  /** As above, for what takes its time. */
  static <T> void until(Supplier<T> look, Predicate<T> isSo, Duration longest) {
    var begun = System.nanoTime();
    var seen = look.get();
    while (!isSo.test(seen)) {
      if (System.nanoTime() - begun > longest.toNanos()) {
        throw new AssertionError("it does not become so; last seen: " + seen);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      seen = look.get();
    }
  }
}
