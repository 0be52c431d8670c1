package dev.runs.adapters.web.live;

import dev.runs.application.event.Change;
import dev.runs.application.event.ChangeFeed;
import dev.runs.domain.event.EventType;
import dev.runs.domain.run.RunId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one page hears: server-sent events with the ids of runs, and of those above them. */
final class RunStream {

  static final Logger LOG = LoggerFactory.getLogger(RunStream.class);

  /** After so long without news a comment is sent, so that what stands between keeps the line. */
  private static final Duration BEAT = Duration.ofSeconds(15);

  /**
   * After so long the browser has to come again, and has to be somebody who may: a session that has
   * ended, or a right that was taken away, counts soon.
   */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** A page hears at most once in this time, of everything that happened in it. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  private final ChangeFeed feed;
  private final OutputStream out;
  private final boolean isOfRoots;

  /**
   * @param isOfRoots whether what happens below a root is told as if it had happened to the root
   */
  RunStream(ChangeFeed feed, OutputStream out, boolean isOfRoots) {
    this.feed = feed;
    this.out = out;
    this.isOfRoots = isOfRoots;
  }

  /** Returns when the page has to come again, or when the server stops. */
  void follow() throws IOException, InterruptedException {
    send("retry: 1000\n\n");
    var end = System.nanoTime() + LONGEST.toNanos();
    while (!feed.isClosed() && System.nanoTime() < end) {
      if (!feed.await(BEAT)) {
        send(":\n\n");
        continue;
      }
      Thread.sleep(GATHERING);
      for (var part = feed.take(); !part.isEmpty(); part = feed.take()) {
        send(part.firstKept().isPresent() ? "event: reset\ndata: {}\n\n" : event(part.items()));
      }
    }
  }

  private String event(List<Change> changes) {
    var told = changes.stream().map(Told::of);
    return (isOfRoots ? told.map(Told::ofRoot).distinct() : told)
        .map(Told::json)
        .collect(Collectors.joining(",", "event: runs\ndata: [", "]\n\n"));
  }

  /**
   * What a page hears of a run.
   *
   * @param path the run, and before it those above it, the root first
   */
  private record Told(List<RunId> path, boolean isNew, boolean isGone) {

    static Told of(Change change) {
      return new Told(
          change.path().ids(),
          change.types().contains(EventType.CREATED),
          change.types().contains(EventType.DELETED));
    }

    Told ofRoot() {
      return path.size() == 1 ? this : new Told(path.subList(0, 1), false, false);
    }

    /** Nothing in it needs to be escaped. */
    String json() {
      return path.subList(0, path.size() - 1).stream()
          .map(above -> "\"" + above + "\"")
          .collect(
              Collectors.joining(
                  ",",
                  "{\"id\":\"" + path.getLast() + "\",\"above\":[",
                  "],\"isNew\":" + isNew + ",\"isGone\":" + isGone + "}"));
    }
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
