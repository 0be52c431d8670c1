package dev.runs.adapters.rest.event;

import dev.runs.application.Caller;
import dev.runs.application.RequestRejected;
import dev.runs.application.event.EventSelection;
import dev.runs.application.tree.ShowEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** All clients of this node that follow events. */
@Component
class EventStreams implements AutoCloseable {

  /** How soon something is looked at again that will be so in a moment. */
  private static final long SOON_MILLIS = 100;

  /** Little, for it is kept for as long as a stream lasts; in pieces of it everything is sent. */
  private static final int RESPONSE_BUFFER = 2_048;

  private final ShowEvents showEvents;
  private final StreamSettings settings;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("event-beats").daemon().factory());

  EventStreams(ShowEvents showEvents, StreamSettings settings) {
    this.showEvents = showEvents;
    this.settings = settings;
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Lets a client follow what is selected. It returns when everything there is was sent, and goes
   * on without its thread.
   *
   * @throws RequestRejected.TooManyStreams when there are too many already
   */
  void open(
      Caller caller,
      EventSelection selection,
      EventQuery query,
      HttpServletRequest request,
      HttpServletResponse response) {
    var stream = new EventStream(showEvents, caller, selection, query, this);
    var isBegun = false;
    try {
      if (query.isResumed() && stream.isOver()) {
        // a browser that gets this does not connect again
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return;
      }
      begin(stream, request, response);
      isBegun = true;
    } finally {
      if (!isBegun) {
        stream.drop();
      }
    }
  }

  private void begin(EventStream stream, HttpServletRequest request, HttpServletResponse response) {
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // what stands between must not gather events
    response.setHeader("X-Accel-Buffering", "no");
    response.setBufferSize(RESPONSE_BUFFER);
    var context = request.startAsync(request, response);
    context.setTimeout(0);
    var period = settings.heartbeat().toMillis();
    var beats = timer.scheduleAtFixedRate(stream::beat, period, period, TimeUnit.MILLISECONDS);
    stream.begin(context, () -> beats.cancel(false));
  }

  /** Lets one of the threads do what does not wait for long. */
  void execute(Runnable work) {
    threads.execute(work);
  }

  void soon(Runnable work) {
    var _ = timer.schedule(work, SOON_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdown();
  }
}
