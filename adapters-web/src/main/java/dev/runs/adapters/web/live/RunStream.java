package dev.runs.adapters.web.live;

import dev.runs.application.event.Change;
import dev.runs.application.event.ChangeFeed;
import dev.runs.domain.event.EventType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one page hears: server-sent events with the ids of runs. */
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

  RunStream(ChangeFeed feed, OutputStream out) {
    this.feed = feed;
    this.out = out;
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

  private static String event(List<Change> changes) {
    return changes.stream()
        .map(RunStream::json)
        .collect(Collectors.joining(",", "event: runs\ndata: [", "]\n\n"));
  }

  /** Nothing in it needs to be escaped. */
  private static String json(Change change) {
    var parent = change.path().parent();
    return "{\"id\":\"%s\",\"parent\":%s,\"isNew\":%s}"
        .formatted(
            change.run(),
            parent == null ? "null" : '"' + parent.toString() + '"',
            change.types().contains(EventType.CREATED));
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
