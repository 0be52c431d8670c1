package dev.runs.application;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that a reader of a test can count: {@code 00000000-0000-7000-8000-000000000001} and on. */
public final class CountingIds implements Ids {

  private final AtomicLong last;

  public CountingIds() {
    this(0);
  }

  /**
   * @param last the number before the first one
   */
  public CountingIds(long last) {
    this.last = new AtomicLong(last);
  }

  @Override
  public UUID next() {
    return new UUID(0x7000L, Long.MIN_VALUE | last.incrementAndGet());
  }
}
