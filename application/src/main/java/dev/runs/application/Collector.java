package dev.runs.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Lets requests that arrive at the same time be done in one transaction. While one group is being
 * written the next one gathers, so that a lone request waits for nobody and a thousand share their
 * commits.
 *
 * <p>A group that fails as a whole is done again, each request alone, so that nobody suffers for
 * another's request.
 *
 * @param <Q> what is asked for
 * @param <R> what each is answered
 */
public final class Collector<Q, R> {

  /** The most requests that share a transaction. */
  public static final int MOST_TOGETHER = 128;

  private record Waiting<Q, R>(Q request, CompletableFuture<ItemResult<R>> answer) {}

  private final Queue<Waiting<Q, R>> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore writers;
  private final Function<List<Q>, List<ItemResult<R>>> work;

  /**
   * @param writers how many groups are written at the same time, at least 1
   * @param work does a group in one transaction and answers each request in its place
   */
  public Collector(int writers, Function<List<Q>, List<ItemResult<R>>> work) {
    this(new Semaphore(writers), work);
  }

  /** For tests that have a say in the moment at which a writer lets go. */
  Collector(Semaphore writers, Function<List<Q>, List<ItemResult<R>>> work) {
    this.writers = writers;
    this.work = work;
  }

  /**
   * Does one request and returns when its effect is durable.
   *
   * @throws RuntimeException what the request was refused for, or what went wrong
   */
  public R submit(Q request) {
    var mine = new Waiting<Q, R>(request, new CompletableFuture<>());
    waiting.add(mine);
    writeWhileNobodyElseDoes(mine.answer());
    return switch (join(mine.answer())) {
      case ItemResult.Done<R>(var value) -> value;
      case ItemResult.Refused<R>(var rejection) -> throw rejection;
    };
  }

  /**
   * Whoever finds a free place writes groups until its own request is done. Who leaves looks once
   * more, for a request may have come in between.
   */
  private void writeWhileNobodyElseDoes(CompletableFuture<?> mine) {
    while (!waiting.isEmpty() && writers.tryAcquire()) {
      try {
        writeUntilDone(mine);
      } finally {
        writers.release();
      }
      if (mine.isDone()) {
        handOver();
        return;
      }
    }
  }

  private void writeUntilDone(CompletableFuture<?> mine) {
    while (!mine.isDone() && !waiting.isEmpty()) {
      writeGroup();
    }
  }

  /** What is left waiting gets a writer of its own, so that no caller works for others for ever. */
  private void handOver() {
    if (!waiting.isEmpty() && writers.tryAcquire()) {
      Thread.ofVirtual().name("collector").start(this::writeAll);
    }
  }

  private void writeAll() {
    try {
      while (!waiting.isEmpty()) {
        writeGroup();
      }
    } finally {
      writers.release();
    }
    handOver();
  }

  private void writeGroup() {
    var group = new ArrayList<Waiting<Q, R>>();
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      group.add(next);
      if (group.size() == MOST_TOGETHER) {
        break;
      }
    }
    if (!group.isEmpty()) {
      write(group);
    }
  }

  private void write(List<Waiting<Q, R>> group) {
    try {
      var answers = work.apply(group.stream().map(Waiting::request).toList());
      for (var i = 0; i < group.size(); i++) {
        group.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error failure) {
      if (group.size() == 1) {
        group.getFirst().answer().completeExceptionally(failure);
      } else {
        group.forEach(alone -> write(List.of(alone)));
      }
    }
  }

  private static <R> ItemResult<R> join(CompletableFuture<ItemResult<R>> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
