package dev.runs.adapters.rest.event;

import dev.runs.application.Caller;
import dev.runs.application.event.EventFeed;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventSelection.Place;
import dev.runs.application.event.Part;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.application.tree.ShowEvents;
import dev.runs.application.tree.ShowEvents.Ending;
import dev.runs.domain.event.EventType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that follows events. It has no thread while nothing happens: who has something for it
 * wakes it, and then one thread at a time writes what there is.
 */
final class EventStream implements AsyncListener {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final ShowEvents showEvents;
  private final EventSelection selection;
  private final EventQuery query;
  private final EventStreams streams;
  private final EventFeed feed;

  /** Behind which position it begins. */
  private final long start;

  /** How often it was woken since its thread looked; it begins in the hands of who opens it. */
  private final AtomicInteger wakings = new AtomicInteger(1);

  private @Nullable AsyncContext request;
  private @Nullable Part<Entry> first;
  private @Nullable Runnable finished;
  private volatile boolean isGone;
  private volatile boolean isBeatDue;
  private boolean isBegun;
  private boolean isFinished;

  /** Whether the run itself, or the top of the tree, has ended or may have. */
  private boolean topHasEnded = true;

  private boolean mayHaveEnded = true;

  EventStream(
      ShowEvents showEvents,
      Caller caller,
      EventSelection selection,
      EventQuery query,
      EventStreams streams) {
    this.showEvents = showEvents;
    this.selection = selection;
    this.query = query;
    this.streams = streams;
    this.feed = showEvents.follow(caller, selection, query.position(showEvents), this::wake);
    this.start = feed.position();
  }

  /** Whether there is nothing to tell any more; asked before anything is sent. */
  boolean isOver() {
    first = feed.take();
    return first.isEmpty() && isAtEnd();
  }

  /** Sends what there is, and from then on what happens. */
  void begin(AsyncContext context, Runnable whenFinished) {
    request = context;
    finished = whenFinished;
    context.addListener(this);
    run();
  }

  /** Nothing was begun. */
  void drop() {
    feed.close();
  }

  /** There is something to send, or nothing more will come. */
  void wake() {
    if (wakings.getAndIncrement() == 0) {
      streams.execute(this::run);
    }
  }

  void beat() {
    isBeatDue = true;
    wake();
  }

  private void run() {
    int seen;
    do {
      seen = wakings.get();
      step();
    } while (wakings.addAndGet(-seen) != 0);
  }

  private void step() {
    if (isFinished || request == null) {
      return;
    }
    try {
      if (isGone || !send(request.getResponse().getOutputStream())) {
        finish();
      }
    } catch (IOException e) {
      LOG.debug("A client that followed events is gone: {}", e.toString());
      finish();
    } catch (RuntimeException e) {
      LOG.warn("A stream of events is broken off: {}", e.toString());
      finish();
    }
  }

  /**
   * @return whether more may come
   */
  private boolean send(OutputStream out) throws IOException {
    var writer = new EventWriter();
    if (!isBegun) {
      isBegun = true;
      writer.begin(start).sendTo(out);
    }
    for (var part = next(); !part.isEmpty(); part = next()) {
      write(part, writer);
      writer.sendTo(out);
    }
    if (feed.isClosed()) {
      return false;
    }
    if (!query.follows() || isAtEnd()) {
      writer.end(feed.position(), query.follows() ? "ended" : "caught_up").sendTo(out);
      return false;
    }
    if (isBeatDue) {
      isBeatDue = false;
      writer.heartbeat(feed.position()).sendTo(out);
    }
    return true;
  }

  private Part<Entry> next() {
    var part = first == null ? feed.take() : first;
    first = null;
    return part;
  }

  private void write(Part<Entry> part, EventWriter writer) {
    part.firstKept().ifPresent(writer::reset);
    for (var entry : part.items()) {
      if (query.wants(entry.event().type())) {
        writer.event(entry);
      }
      note(entry);
    }
  }

  /** Keeps in mind whether it may be over, so that nobody is asked after each event. */
  private void note(Entry entry) {
    var type = entry.event().type();
    if (isOfTop(entry) && type.isOfState()) {
      topHasEnded = type.isEnd();
    }
    if (type == EventType.DELETED) {
      topHasEnded = true;
    }
    mayHaveEnded |= topHasEnded && type.isEnd();
  }

  private boolean isOfTop(Entry entry) {
    return switch (selection.place()) {
      case Place.OfRun(var path) -> path.equals(entry.event().path());
      case Place.OfTree(var path) -> path.equals(entry.event().path());
      case Place.OfReach _ -> false;
    };
  }

  private boolean isAtEnd() {
    if (!mayHaveEnded) {
      return false;
    }
    return switch (showEvents.ending(selection)) {
      case Ending.Live(var isTopLive) -> {
        topHasEnded = !isTopLive;
        mayHaveEnded = false;
        yield false;
      }
      case Ending.Soon() -> {
        streams.soon(this::wake);
        yield false;
      }
      case Ending.At(var position) -> feed.position() >= position;
    };
  }

  private void finish() {
    isFinished = true;
    feed.close();
    if (finished != null) {
      finished.run();
    }
    if (request != null && !isGone) {
      try {
        request.complete();
      } catch (IllegalStateException e) {
        LOG.debug("The server has ended the request already: {}", e.toString());
      }
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    leave();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    leave();
  }

  @Override
  public void onError(AsyncEvent event) {
    leave();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // it is started once
  }

  private void leave() {
    isGone = true;
    wake();
  }
}
