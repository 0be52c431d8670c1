package dev.runs.adapters.rest.event;

import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.application.Caller;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.ShowEvents;
import dev.runs.domain.access.Principal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Little, for it is kept for as long as a stream lasts; what is larger is sent past it. */
  private static final int RESPONSE_BUFFER = 256;

  private final ShowEvents showEvents;
  private final StreamSettings settings;
  private final Map<Principal, Integer> ofKey = new ConcurrentHashMap<>();
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
   * @throws RequestRefused when the key has too many streams already
   */
  void open(
      Caller caller,
      EventSelection selection,
      EventQuery query,
      HttpServletRequest request,
      HttpServletResponse response) {
    var key = caller.principal();
    var isLimited = caller.ownOrganization().isPresent();
    if (isLimited) {
      take(key);
    }
    Runnable free =
        () -> {
          if (isLimited) {
            free(key);
          }
        };
    EventStream stream = null;
    var isBegun = false;
    try {
      stream = new EventStream(showEvents, selection, query, this);
      if (query.isResumed() && stream.isOver()) {
        // a browser that gets this does not connect again
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return;
      }
      begin(stream, request, response, free);
      isBegun = true;
    } finally {
      if (!isBegun) {
        if (stream != null) {
          stream.drop();
        }
        free.run();
      }
    }
  }

  private void begin(
      EventStream stream, HttpServletRequest request, HttpServletResponse response, Runnable free) {
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // what stands between must not gather events
    response.setHeader("X-Accel-Buffering", "no");
    response.setBufferSize(RESPONSE_BUFFER);
    var context = request.startAsync(request, response);
    context.setTimeout(0);
    var period = settings.heartbeat().toMillis();
    var beats = timer.scheduleAtFixedRate(stream::beat, period, period, TimeUnit.MILLISECONDS);
    stream.begin(
        context,
        () -> {
          beats.cancel(false);
          free.run();
        });
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

  private void take(Principal key) {
    var isTooMany = new boolean[1];
    ofKey.compute(
        key,
        (_, taken) -> {
          var before = taken == null ? 0 : taken;
          isTooMany[0] = before >= settings.mostPerKey();
          return isTooMany[0] ? taken : Integer.valueOf(before + 1);
        });
    if (isTooMany[0]) {
      throw new RequestRefused(
          Problem.of(
                  Refusal.TOO_MANY_STREAMS,
                  "The key follows events on " + settings.mostPerKey() + " streams already")
              .with("mostStreams", settings.mostPerKey()));
    }
  }

  private void free(Principal key) {
    ofKey.computeIfPresent(key, (_, taken) -> taken == 1 ? null : Integer.valueOf(taken - 1));
  }
}
