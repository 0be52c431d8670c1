package dev.runs.application;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Lets real threads do things at the same time. */
public final class AtOnce {

  /** Only keeps a test that would wait for ever from doing so. */
  private static final int LONGEST_MINUTES = 5;

  private AtOnce() {}

  /**
   * Lets so many threads begin at one moment.
   *
   * @param work by the number of the thread, from 0
   * @return what they returned, in the order of their numbers
   * @throws AssertionError when one of them threw
   */
  public static <T> List<T> with(int threads, IntFunction<T> work) {
    var all = new ArrayList<Callable<T>>(threads);
    for (var i = 0; i < threads; i++) {
      var number = i;
      all.add(() -> work.apply(number));
    }
    return all(all);
  }

  /** Lets all of these begin at one moment. */
  public static <T> List<T> all(List<Callable<T>> works) {
    var start = new CyclicBarrier(works.size());
    try (var threads = Executors.newFixedThreadPool(works.size())) {
      var pending = new ArrayList<Future<T>>(works.size());
      for (var work : works) {
        pending.add(
            threads.submit(() -> {
              await(start);
              return work.call();
            }));
      }
      return results(pending);
    }
  }

  private static void await(CyclicBarrier start) throws InterruptedException {
    try {
      start.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("another thread never came to the start", e);
    }
  }

  private static <T> List<T> results(List<Future<T>> pending) {
    var results = new ArrayList<T>(pending.size());
    try {
      for (var one : pending) {
        results.add(one.get(LONGEST_MINUTES, TimeUnit.MINUTES));
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("one of the threads failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("one of the threads does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      pending.forEach(one -> one.cancel(true));
    }
  }
}
