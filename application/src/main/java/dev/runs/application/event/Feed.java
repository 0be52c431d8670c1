package dev.runs.application.event;

import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.access.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows the log at its own pace, from a position on, and misses nothing. What
 * happens is kept in a small buffer until it is taken; when the buffer is full, what did not fit is
 * read from the log again. Nobody who writes waits for it.
 *
 * <p>One thread at a time takes from it; any thread may close it.
 */
public abstract sealed class Feed<T> implements AutoCloseable permits EventFeed, ChangeFeed {

  /** How many entries are read from the log at once. */
  static final int READ_AT_ONCE = 500;

  private final EventTail tail;
  private final Optional<Principal> holder;
  private final EventSelection selection;
  private final Runnable listener;

  /** Everything selected up to here has been taken. */
  private long position;

  /**
   * Up to here the log is to be read, for what the tail had passed on before this feed listened.
   */
  private long readUpTo;

  /** The first position kept, when the place that was asked for is not in the log. */
  private OptionalLong gone = OptionalLong.empty();

  /** Whether everything that the tail passes on is in the buffer, or was taken from it. */
  private boolean isLive;

  /** Whether there may be something to take, which was told then. */
  private boolean isRung = true;

  private boolean isClosed;

  /**
   * @param holder the key among whose seats this one counts; nothing when it has no limit
   * @param listener called, by any thread, when there is something to take after nothing was left;
   *     and when the feed is closed. It returns at once and does not throw.
   */
  Feed(EventTail tail, Optional<Principal> holder, EventSelection selection, Runnable listener) {
    this.tail = tail;
    this.holder = holder;
    this.selection = selection;
    this.listener = listener;
  }

  final Optional<Principal> holder() {
    return holder;
  }

  final EventSelection selection() {
    return selection;
  }

  /** Begins with what the tail passes on from now on. */
  final void beginNow() {
    synchronized (this) {
      position = listen();
      readUpTo = position;
    }
  }

  /** Begins behind a position that has been in the log. */
  final void beginAfter(long after) {
    synchronized (this) {
      position = after;
      readUpTo = listen();
    }
  }

  /** As {@link #beginNow}, and tells first that the place that was asked for is unknown. */
  final void beginAnew() {
    synchronized (this) {
      beginNow();
      gone = OptionalLong.of(position + 1);
    }
  }

  /**
   * Takes what there is. It may read from the log, and fails when the database does; the next call
   * then goes on where this one would have.
   *
   * @return an empty part when there is nothing for now, or when the feed is closed
   */
  public final Part<T> take() {
    var passedOn = tail.passedOn();
    synchronized (this) {
      if (gone.isPresent()) {
        var first = gone.getAsLong();
        gone = OptionalLong.empty();
        return Part.gone(first);
      }
    }
    while (true) {
      var read = readOn();
      if (read != null) {
        return read;
      }
      synchronized (this) {
        if (!isBufferEmpty()) {
          position = bufferedUpTo();
          return Part.of(drain(), position);
        }
        if (isClosed) {
          return Part.of(List.of(), position);
        }
        if (isLive) {
          isRung = false;
          position = Math.max(position, passedOn);
          return Part.of(List.of(), position);
        }
        readUpTo = listen();
      }
    }
  }

  /**
   * Waits until there is something to take.
   *
   * @return whether there may be; also true when the feed is closed
   */
  public final boolean await(Duration longest) throws InterruptedException {
    var end = System.nanoTime() + longest.toNanos();
    synchronized (this) {
      for (var left = longest.toNanos(); !isRung && !isClosed; left = end - System.nanoTime()) {
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return true;
    }
  }

  /** Everything selected up to here has been taken. */
  public final synchronized long position() {
    return position;
  }

  /** Whether nothing comes any more. */
  public final synchronized boolean isClosed() {
    return isClosed;
  }

  @Override
  public final void close() {
    if (end()) {
      listener.run();
    }
  }

  /**
   * Closes it and does not tell the listener.
   *
   * @return whether it was open
   */
  final boolean end() {
    tail.forget(this);
    synchronized (this) {
      var wasOpen = !isClosed;
      isClosed = true;
      clear();
      notifyAll();
      return wasOpen;
    }
  }

  /** Something that is selected has happened; called in the order of positions. */
  final void offer(Entry entry) {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      if (isLive && entry.position() > Math.max(position, readUpTo)) {
        isLive = keep(entry);
      }
      if (isRung) {
        return;
      }
      isRung = true;
      notifyAll();
    }
    listener.run();
  }

  /** Keeps an entry, unless the buffer is full; returns whether it did. */
  abstract boolean keep(Entry entry);

  abstract boolean isBufferEmpty();

  /** The position of the last entry that was kept. */
  abstract long bufferedUpTo();

  /** Gives and forgets all that is in the buffer. */
  abstract List<T> drain();

  abstract void clear();

  abstract List<T> of(List<Entry> entries);

  /**
   * From now on the buffer gets everything that the tail passes on behind the returned position.
   * The tail says where a batch ends before it passes it on: so what this feed does not get lies
   * before that, and what it gets although it lies before that is left out by {@link #offer}.
   */
  private long listen() {
    isLive = true;
    return tail.reached();
  }

  /** Reads on in the log, unless this has come to the place where the buffer begins. */
  private @Nullable Part<T> readOn() {
    long after;
    long upTo;
    synchronized (this) {
      if (position >= readUpTo) {
        return null;
      }
      after = position;
      upTo = readUpTo;
    }
    var entries = tail.log().selected(selection, after, upTo, READ_AT_ONCE);
    var first = tail.log().firstPosition();
    synchronized (this) {
      if (first > after + 1) {
        position = first - 1;
        return Part.gone(first);
      }
      position = entries.size() < READ_AT_ONCE ? upTo : entries.getLast().position();
      return entries.isEmpty() ? null : Part.of(of(entries), position);
    }
  }
}
