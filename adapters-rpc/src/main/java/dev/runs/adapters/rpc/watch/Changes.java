package dev.runs.adapters.rpc.watch;

import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.application.RequestRejected;
import dev.runs.application.event.Change;
import dev.runs.application.event.ChangeFeed;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventTail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What has changed for one stream, in portions: whoever is slow is told of more at once, and of
 * each run only that it changed. The first portion says to look at everything.
 */
public final class Changes implements AutoCloseable {

  /** Within this a stream is told of everything at once that happens. */
  private static final Duration PORTION = Duration.ofMillis(50);

  /** How long a stream is left alone while nothing happens. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final Call call;
  private final ChangeFeed feed;
  private final Duration pace;
  private boolean isFirst = true;
  private long lastPortion;

  private Changes(Call call, ChangeFeed feed, Duration pace) {
    this.call = call;
    this.feed = feed;
    this.pace = pace;
  }

  /**
   * Begins to listen; what is looked at after this is not older than what is told then.
   *
   * @throws RequestRejected.TooManyStreams when too many listen already
   */
  public static Changes of(Call call, EventTail tail, EventSelection selection) {
    return of(call, tail, selection, PORTION);
  }

  /**
   * As above.
   *
   * @param pace within this the stream is told of everything at once that happens; the longer, the
   *     more it costs to tell
   */
  static Changes of(Call call, EventTail tail, EventSelection selection, Duration pace) {
    var feed = tail.changes(call.access(), selection);
    call.onCancel(feed::close);
    return new Changes(call, feed, pace);
  }

  /**
   * What a stream is to do next.
   *
   * @param isAnew whether everything is to be looked at, for the first time or again
   * @param changes what changed; empty when nothing has for a while
   * @param position everything up to here has been told
   */
  public record Portion(boolean isAnew, List<Change> changes, long position) {

    public boolean isSilent() {
      return !isAnew && changes.isEmpty();
    }
  }

  /**
   * Whether something has to be sent now and then, for the client's departure is not noticed
   * otherwise.
   */
  public boolean mustSpeak() {
    return !call.isDepartureNoticed();
  }

  /**
   * Waits for what comes next.
   *
   * @return nothing when the stream is over
   */
  public Optional<Portion> next() throws InterruptedException {
    if (isFirst) {
      isFirst = false;
      return Optional.of(new Portion(true, List.of(), feed.position()));
    }
    while (!feed.isClosed() && !call.isCancelled()) {
      var part = feed.take();
      if (part.firstKept().isPresent()) {
        return portion(new Portion(true, List.of(), part.position()));
      }
      if (!part.items().isEmpty()) {
        return portion(new Portion(false, part.items(), part.position()));
      }
      if (!feed.await(SILENCE)) {
        return Optional.of(new Portion(false, List.of(), feed.position()));
      }
      pause();
    }
    return Optional.empty();
  }

  private Optional<Portion> portion(Portion portion) {
    lastPortion = System.nanoTime();
    return Optional.of(portion);
  }

  /** Lets a little more happen before it is told, when something was told just now. */
  private void pause() throws InterruptedException {
    var rest = pace.toNanos() - (System.nanoTime() - lastPortion);
    if (rest > 0) {
      TimeUnit.NANOSECONDS.sleep(rest);
    }
  }

  @Override
  public void close() {
    feed.close();
  }
}
