package dev.runs.adapters.web.live;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.adapters.web.run.Addresses;
import dev.runs.application.event.ChangeFeed;
import dev.runs.application.tree.ShowEvents;
import dev.runs.domain.event.EventType;
import dev.runs.domain.run.RunRejected;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * One stream a page: it tells which runs have changed, and the page asks for those that it shows.
 * So a row is made in one place only, and with the rights of whoever looks.
 */
@ConsolePage
class LiveRuns implements AutoCloseable {

  /** What changes anything that the pages show of a run; what else is told is told often. */
  private static final Set<EventType> SEEN =
      EnumSet.complementOf(EnumSet.of(EventType.CLUSTER_EVENT, EventType.PROGRESS));

  private final ShowEvents showEvents;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  LiveRuns(ShowEvents showEvents) {
    this.showEvents = showEvents;
  }

  /**
   * @param tree only this run and those below it; all of the organization when it is empty
   * @param roots whether the page shows only runs that stand below no other; then it hears of them
   *     also what happens below
   * @throws RunRejected.NotFound when there is no such run within reach
   */
  @GetMapping("/console/runs/stream")
  void follow(
      Visit visit,
      @RequestParam(defaultValue = "") String tree,
      @RequestParam(defaultValue = "false") boolean roots,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var caller = visit.caller();
    var within =
        tree.isEmpty()
            ? showEvents.within(caller, Optional.of(visit.organization()))
            : showEvents.ofRun(caller, Addresses.id(tree), true);
    var feed = showEvents.changes(caller, within.ofTypes(SEEN));
    var isBegun = false;
    try {
      begin(feed, roots, request, response);
      isBegun = true;
    } finally {
      if (!isBegun) {
        feed.close();
      }
    }
  }

  private void begin(
      ChangeFeed feed, boolean roots, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/event-stream;charset=utf-8");
    // what stands between must not gather events
    response.setHeader("X-Accel-Buffering", "no");
    var context = request.startAsync(request, response);
    context.setTimeout(0);
    threads.execute(() -> follow(feed, roots, context));
  }

  private static void follow(ChangeFeed feed, boolean roots, AsyncContext context) {
    try (feed) {
      new RunStream(feed, context.getResponse().getOutputStream(), roots).follow();
    } catch (IOException e) {
      RunStream.LOG.debug("Somebody left a page that followed runs: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      RunStream.LOG.warn("A page stopped following runs: {}", e.toString());
    } finally {
      context.complete();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
