package dev.runs.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How many times a second some workers together get something done. */
final class Rate {

  /** Something one worker does again and again; it says how many units that was. */
  interface Work {
    int once() throws Exception;
  }

  /** Gives each worker what it does, so that a worker can have a connection of its own. */
  interface Worker {
    Work prepare(int number) throws Exception;
  }

  private Rate() {}

  /**
   * Lets the workers run, and counts only what they do after the warm-up.
   *
   * @return units a second
   */
  static double of(int workers, int warmUpSeconds, int seconds, Worker worker) throws Exception {
    var done = new LongAdder();
    var failure = new AtomicReference<@Nullable Throwable>();
    var ready = new CountDownLatch(workers);
    var start = new CountDownLatch(1);
    var end = System.nanoTime() + (warmUpSeconds + seconds) * 1_000_000_000L;
    var threads = new Thread[workers];
    for (var i = 0; i < workers; i++) {
      var number = i;
      threads[i] =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  var work = worker.prepare(number);
                  ready.countDown();
                  start.await();
                  while (System.nanoTime() < end) {
                    done.add(work.once());
                  }
                } catch (Exception | Error e) {
                  failure.set(e);
                  ready.countDown();
                }
              });
    }
    ready.await();
    start.countDown();
    Thread.sleep(warmUpSeconds * 1_000L);
    var before = done.sum();
    var from = System.nanoTime();
    for (var thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a worker failed", failure.get());
    }
    return (done.sum() - before) * 1e9 / (System.nanoTime() - from);
  }
}
